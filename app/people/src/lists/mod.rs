//! What a person keeps of the lists: views, columns, density (ux.md section 1). The menus are drawn by `kit::tools`.

pub mod functions;

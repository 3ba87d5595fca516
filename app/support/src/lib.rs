//! Support: the resource library and leaving the site.

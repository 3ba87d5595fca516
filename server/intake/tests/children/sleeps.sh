#!/bin/sh
# A reader that never answers. Whoever holds the other end of the pipe given as PATH sees when it is gone.
exec sleep 600 >"$3"

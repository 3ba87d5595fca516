#!/bin/sh
# A reader that never answers and keeps its output open.
exec sleep 600

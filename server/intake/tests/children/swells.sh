#!/bin/sh
# What Rust does when memory runs out.
echo 'memory allocation of 1073741824 bytes failed' >&2
kill -ABRT $$

#!/bin/sh
# What Rust does when main panics.
echo "thread 'main' panicked" >&2
exit 101

#!/bin/sh
# A reader that fills the log.
exec yes 'broken' >&2

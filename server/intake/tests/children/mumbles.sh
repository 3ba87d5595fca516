#!/bin/sh
# A reader that answers something else, and thinks it did well.
echo 'hello'

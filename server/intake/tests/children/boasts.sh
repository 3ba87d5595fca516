#!/bin/sh
# A reader that answers more text than it may.
echo '{"read":{"text":"0123456789","title":null,"pages":null,"language_hint":null}}'

#!/bin/sh
# A reader that never stops talking.
exec yes '{"read":{"text":"'

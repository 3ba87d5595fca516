#!/bin/sh
# Answers how it was started: the arguments, the folder and what is left of the environment.
names=$(env | cut -d= -f1 | grep -vx -e _ -e PWD -e SHLVL -e OLDPWD | tr '\n' ' ')
printf '{"read":{"text":"%s %s %s in %s with %s","title":null,"pages":null,"language_hint":null}}\n' "$1" "$2" "$3" "$(pwd)" "[$names]"

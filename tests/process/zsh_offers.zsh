# zsh_offers.zsh FOLDER LINE: what zsh offers when Tab is pressed behind LINE, with the completions in FOLDER. One a line.
zmodload zsh/zpty || exit 1
zpty shell zsh -f -i
zpty -w shell "PROMPT=; fpath=(${(q)1} \$fpath); autoload -Uz compinit && compinit -u -D"
# Tells what is offered. With -O, -A or -D zsh's functions only sort candidates.
zpty -w shell 'compadd() {
  local -a offered
  if (( ! $argv[(I)-[OAD]] )) { builtin compadd -O offered "$@"; print -rl -- "offer:"$^offered }
  builtin compadd "$@"
}'
zpty -w shell 'tell() { zle complete-word; print all-"told" }; zle -N tell; bindkey "^X^X" tell; print re"ady"'
zpty -r -m shell reply '*ready*'
zpty -n -w shell "$2"$'\x18\x18'
zpty -r -m shell reply '*all-told*'
zpty -d shell
print -r -- "$reply" | tr -d '\r' | sed -n 's/.*offer://p' | sort -u

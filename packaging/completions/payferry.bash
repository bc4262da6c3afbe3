# bash completion for payferry

_payferry() {
    local cur prev words cword
    _init_completion -n = 2>/dev/null || { cur=${COMP_WORDS[COMP_CWORD]}; prev=${COMP_WORDS[COMP_CWORD-1]}; words=("${COMP_WORDS[@]}"); }

    local commands="init check load resume report verify undo" command="" word
    for word in "${words[@]:1}"; do
        case " $commands " in *" $word "*) command=$word; break ;; esac
    done

    case $prev in
        --progress) COMPREPLY=($(compgen -W "auto bar plain none" -- "$cur")); return ;;
        --log-level) COMPREPLY=($(compgen -W "trace debug info warn error" -- "$cur")); return ;;
        --run-dir) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); return ;;
        -c|--config|-o|--output|--metrics-file|--html)
            compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --set|--limit|--max-errors|--deadline) return ;;
    esac

    local common="--set --progress --log-level --help --version"
    local run="--max-errors --deadline --metrics-file --html --wait"
    if [[ $cur == -* ]]; then
        local options=$common
        case $command in
            init) options+=" --output" ;;
            check) options+=" --config --offline" ;;
            load) options+=" --config --run-dir --limit $run" ;;
            resume) options+=" $run" ;;
            report) options+=" --json --html" ;;
            undo) options+=" --yes" ;;
        esac
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
    elif [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$cur"))
    else
        compopt -o filenames 2>/dev/null
        case $command in
            resume|report|verify|undo) COMPREPLY=($(compgen -d -- "$cur")) ;;
            *) COMPREPLY=($(compgen -f -- "$cur")) ;;
        esac
    fi
} &&
complete -F _payferry payferry

#!/usr/bin/env python3
"""clang-tidy over the sources of a build, several of them read as one text.

Nearly all that clang-tidy does with one file of this project is to read the headers of Boost and of the standard library
and to match each check against them. So files of one library whose names do not clash become one text, their includes
first; what is found is told at the line where it stands. Usage: lint.py BUILD FOLDER... [-- CLANG-TIDY'S ARGUMENTS]
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

MOST_LINES = 2500  # of one text: the machine's cores end together, and no text needs much memory
INCLUDE = re.compile(r'\s*#\s*include\b')
WORDLESS = re.compile(r'//.*|"(?:[^"\\\n]|\\.)*"')
WORD = re.compile(r'[A-Za-z_]\w*')
# What a namespace without a name declares at the left margin, for this file alone.
DECLARED = re.compile(r'^(?!namespace|template)[A-Za-z_\[][^;(={]*?(?<![:\w])([A-Za-z_]\w*)\s*(?:\[\w*\]\s*)?[;(={]')
FOUND = re.compile(r'^(?P<path>/[^:]+):(?P<line>\d+):(?P<rest>\d+: (?P<kind>\w+): .*)$')


class Source:
    def __init__(self, path, text):
        self.path = path
        self.lines = text.split('\n')
        self.words = set(WORD.findall(WORDLESS.sub('', text)))
        self.names = set()
        own = False
        for line in self.lines:
            if line.startswith(('namespace {', '}  // namespace')):
                own = line == 'namespace {'
            elif own and (match := DECLARED.match(line)):
                self.names.add(match.group(1))

    def clashes(self, other):
        return bool(self.names & other.words or other.names & self.words)


def flags(command):
    """A compiler's command without the names of its files, which is the same for all files of a library."""
    words = shlex.split(command)
    at = words.index('-o')
    return tuple(words[1:at])


def grouped(sources):
    groups = []
    for source in sources:
        for group in groups:
            length = sum(len(one.lines) for one in group)
            if length + len(source.lines) <= MOST_LINES and not any(map(source.clashes, group)):
                group.append(source)
                break
        else:
            groups.append([source])
    return groups


class Text:
    """Several sources as one file: all includes, then each source's lines without them."""

    def __init__(self, folder, number, group, compiler_flags):
        self.path = folder / f'text_{number:03}.cpp'
        self.flags = compiler_flags
        self.origin = []  # of each line: file and line
        lines = []
        seen = set()
        for includes in (True, False):
            for source in group:
                for number, line in enumerate(source.lines, 1):
                    if bool(INCLUDE.match(line)) == includes and line not in seen:
                        if includes:
                            seen.add(line)
                        lines.append(line)
                        self.origin.append((source.path, number))
        self.path.write_text('\n'.join(lines) + '\n')
        self.length = len(lines)

    def findings(self, arguments):
        run = subprocess.run(['clang-tidy-14', '--quiet', *arguments, str(self.path), '--', *self.flags],
                             capture_output=True, text=True)
        lines = []
        for line in run.stdout.splitlines():
            match = FOUND.match(line)
            if match and match['path'] == str(self.path):
                path, number = self.origin[int(match['line']) - 1]
                line = f'{path}:{number}:{match["rest"]}'
            lines.append(line)
        if run.returncode != 0 and not lines:
            lines = run.stderr.splitlines() or [f'clang-tidy ended with {run.returncode}: {self.path}']
        return run.returncode, lines


def texts_of(build, folders):
    root = pathlib.Path.cwd()
    libraries = {}
    for entry in json.loads((build / 'compile_commands.json').read_text()):
        path = os.path.relpath(entry['file'], root)
        if any(path == folder or path.startswith(folder + '/') for folder in folders):
            source = Source(path, pathlib.Path(path).read_text())
            libraries.setdefault(flags(entry['command']), []).append(source)
    place = build / 'lint'
    place.mkdir(exist_ok=True)
    texts = []
    for compiler_flags, sources in libraries.items():
        for group in grouped(sources):
            texts.append(Text(place, len(texts), group, compiler_flags))
    return sorted(texts, key=lambda text: -text.length)


def main():
    arguments = sys.argv[1:]
    at = arguments.index('--') if '--' in arguments else len(arguments)
    texts = texts_of(pathlib.Path(arguments[0]).resolve(), arguments[1:at])
    if not texts:
        sys.exit('lint.py: no source there')
    failed, told = 0, set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(text.findings, arguments[at + 1:]) for text in texts]
        for run in concurrent.futures.as_completed(runs):
            code, lines = run.result()
            failed += code != 0
            finding = '\n'.join(lines)
            for part in re.split(r'(?m)^(?=\S+:\d+:\d+: (?:error|warning):|error:)', finding):
                # Each text that includes a header finds the same in it.
                if part.strip() and part not in told:
                    told.add(part)
                    print(part.rstrip(), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()

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
FOUND = re.compile(r'^(?P<path>/[^:]+):(?P<line>\d+):(?P<rest>\d+: .*)$')
FINDING = re.compile(r'(?m)^(?=\S+:\d+:\d+: (?:error|warning):|error:)')


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
    # What -Werror makes an error of cannot be marked NOLINT; .clang-tidy makes errors of all that is left.
    return tuple(word for word in words[1:at] if word != '-Werror')


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

    def __init__(self, path, sources, compiler_flags):
        self.path = path
        self.sources = sources
        self.flags = compiler_flags
        self.origin = []  # of each line: file and line
        lines = []
        included = set()
        for is_include in (True, False):
            for source in sources:
                for number, line in enumerate(source.lines, 1):
                    if bool(INCLUDE.match(line)) == is_include and line not in included:
                        if is_include:
                            included.add(line)
                        lines.append(line)
                        self.origin.append((source.path, number))
        self.path.write_text('\n'.join(lines) + '\n')

    def alone(self):
        return [Text(self.path.with_suffix(f'.{number}.cpp'), [source], self.flags)
                for number, source in enumerate(self.sources)]

    def findings(self, arguments):
        """Whether clang-tidy was content, and its lines."""
        run = subprocess.run(['clang-tidy-14', '--quiet', *arguments, str(self.path), '--', *self.flags],
                             capture_output=True, text=True)
        if '[clang-diagnostic-error' in run.stdout and len(self.sources) > 1:
            # Names clash after all, or it is one file that does not compile.
            parts = [text.findings(arguments) for text in self.alone()]
            return all(good for good, _ in parts), [line for _, lines in parts for line in lines]
        lines = [self.at_its_place(line) for line in run.stdout.splitlines()]
        if run.returncode != 0 and not lines:
            lines = [f'clang-tidy ended with {run.returncode}: {self.path}', *run.stderr.splitlines()]
        return run.returncode == 0, lines

    def at_its_place(self, line):
        match = FOUND.match(line)
        if not match or match['path'] != str(self.path):
            return line
        path, number = self.origin[int(match['line']) - 1]
        return f'{path}:{number}:{match["rest"]}'


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
            texts.append(Text(place / f'text_{len(texts):03}.cpp', group, compiler_flags))
    return sorted(texts, key=lambda text: -len(text.origin))


def main():
    arguments = sys.argv[1:]
    at = arguments.index('--') if '--' in arguments else len(arguments)
    texts = texts_of(pathlib.Path(arguments[0]).resolve(), arguments[1:at])
    if not texts:
        sys.exit('lint.py: no source there')
    clean, told = True, set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(text.findings, arguments[at + 1:]) for text in texts]
        for run in concurrent.futures.as_completed(runs):
            good, lines = run.result()
            clean = clean and good
            for part in FINDING.split('\n'.join(lines)):
                # Each text that includes a header finds the same in it.
                if part.strip() and part not in told:
                    told.add(part)
                    print(part.rstrip(), flush=True)
    sys.exit(0 if clean else 1)


if __name__ == '__main__':
    main()

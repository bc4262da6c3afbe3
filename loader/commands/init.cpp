#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>

#include "config/guess.hpp"
#include "loader/check/guess_check.hpp"
#include "loader/commands/command_failure.hpp"
#include "loader/commands/commands.hpp"
#include "loader/commands/given_config.hpp"
#include "loader/commands/output_file.hpp"
#include "loader/run/file_descriptor.hpp"
#include "loader/source/input_sample.hpp"
#include "model/counted.hpp"
#include "model/wrapped_text.hpp"

namespace payferry {

namespace {

bool goes_to_standard_output(const InitOptions& options) {
  return !options.output || *options.output == "-";
}

[[noreturn]] void refuse_to_write(const std::string& path) {
  if (errno == EEXIST) {
    refuse(path +
           " is there already and is left as it is; name another file with -o, or move it "
           "away");
  }
  refuse("Cannot write " + path + ": " + std::strerror(errno) + "; name another file with -o");
}

/// Never over something that stands there.
void write_new_file(const std::string& path, const std::string& text) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) refuse_to_write(path);
  if (write_whole(file.get(), text)) return;
  const int error = errno;
  ::unlink(path.c_str());
  errno = error;
  refuse_to_write(path);
}

void refuse_standing_file(const InitOptions& options) {
  if (goes_to_standard_output(options) || ::access(options.output->c_str(), F_OK) != 0) return;
  errno = EEXIST;
  refuse_to_write(*options.output);
}

void say(const std::string& text) {
  std::cerr << wrapped(text, "", "  ");
}

std::string origin_text(const GuessedConfig& guessed, const Sample& sample) {
  const std::string rows = counted(sample.rows.size(), "row");
  if (!guessed.export_name.empty())
    return "for an export of the kind " + guessed.export_name + ", made to fit " + rows;
  if (sample.rows.empty()) return "from the header alone, since there is no row to look at";
  return "from the header and " + rows;
}

void say_what_is_missing(const GuessCheck& check) {
  std::cerr << "It cannot be used before this is mended:\n";
  for (const std::string& missing : check.missing) std::cerr << wrapped(missing, "  - ", "    ");
}

void say_what_comes_next(const InitOptions& options, const GuessCheck& check) {
  if (check.invalid_rows > 0) {
    say("With it, " + with_thousands(check.invalid_rows) +
        " of these rows would be invalid; the first: " + check.first_problem + ".");
  }
  if (goes_to_standard_output(options)) return;
  std::cerr << "Look at every line of it, and then see what would become of the file:\n"
            << "  payferry check -c " << *options.output << " " << options.input << "\n";
}

}  // namespace

ExitCode run_init(const InitOptions& options) {
  refuse_standing_file(options);
  const auto sample = read_sample(options.input);
  if (!sample) refuse(sample.error().message);
  const GuessedConfig guessed = guess_config(*sample);
  const GuessCheck check = check_guess(guessed, *sample);
  if (goes_to_standard_output(options)) {
    write_to_standard_output(guessed.toml);
  } else {
    write_new_file(*options.output, guessed.toml);
  }
  say((goes_to_standard_output(options) ? std::string("This config was guessed ")
                                        : "Wrote " + *options.output + ", guessed ") +
      origin_text(guessed, *sample) + ".");
  if (!check.missing.empty()) {
    say_what_is_missing(check);
    return ExitCode::some_refused;
  }
  say_what_comes_next(options, check);
  return ExitCode::all_loaded;
}

}  // namespace payferry

#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace payferry {

/// An open file, closed by its destructor. Move-only.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

/// A small file in a private directory, mapped into every process that uses it. It has one lock for
/// its content, and tells which processes are alive: their locks end with them, also when they are
/// killed.
class BudgetFile {
 public:
  static constexpr std::size_t kProcesses = 64;

  /// Nothing if the directory or the file is not this user's alone, or cannot be used for another
  /// reason. Files of this kind that nobody uses, and nobody has opened for an hour, are removed on
  /// the way.
  static std::unique_ptr<BudgetFile> open(const std::filesystem::path& directory,
                                          const std::string& name, std::size_t size);
  ~BudgetFile();
  BudgetFile(const BudgetFile&) = delete;
  BudgetFile& operator=(const BudgetFile&) = delete;

  void* content() const { return content_; }
  /// This process's place among those that use the file.
  std::size_t process() const { return process_; }
  bool is_alive(std::size_t process) const;

  /// Held, nobody else touches the content.
  class Lock {
   public:
    explicit Lock(const BudgetFile& file);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

   private:
    int file_;
  };

 private:
  BudgetFile(Descriptor descriptor, std::size_t process, void* content, std::size_t size);

  Descriptor descriptor_;
  std::size_t process_;
  void* content_;
  std::size_t size_;
};

/// Makes the directory with mode 0700 if it is missing. False if it is not this user's alone.
bool make_private_directory(const std::filesystem::path& directory);

}  // namespace payferry

#include "fuzz/fuzz_target.hpp"
#include "loader/source/source_fuzz.hpp"

namespace payferry::fuzz {

void try_csv(std::string_view bytes) {
  read_any_csv(bytes);
}

}  // namespace payferry::fuzz

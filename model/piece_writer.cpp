#include "model/piece_writer.hpp"

#include "model/json_text.hpp"

namespace payferry {

void PieceWriter::put_json_string(std::string_view text) {
  if (is_plain_in_json(text)) {
    put("\"");
    put(text);
    put("\"");
  } else {
    flush();
    append_json_string(out_, text);
  }
}

void PieceWriter::put_behind(std::string_view piece) {
  flush();
  out_.append(piece);
}

}  // namespace payferry

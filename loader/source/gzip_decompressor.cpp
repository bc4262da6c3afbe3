#include <zlib.h>

#include <algorithm>
#include <new>

#include "loader/source/decompressor.hpp"

namespace payferry {

namespace {

constexpr int kGzipFormat = MAX_WBITS + 16;

class GzipDecompressor final : public Decompressor {
 public:
  GzipDecompressor() {
    if (inflateInit2(&stream_, kGzipFormat) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecompressor() override { inflateEnd(&stream_); }
  GzipDecompressor(const GzipDecompressor&) = delete;
  GzipDecompressor& operator=(const GzipDecompressor&) = delete;

  Step decompress(std::span<const char> input, std::span<char> output) override {
    if (between_members_) {
      const std::size_t padding = skip_padding(input);
      if (padding > 0 || input.empty()) return Step{padding, 0, {}};
      between_members_ = false;
    }
    return inflate_some(input, output);
  }

  bool may_end() const override { return between_members_; }

 private:
  /// Tapes and block devices fill the last block with zeros; gzip(1) ignores them too.
  std::size_t skip_padding(std::span<const char> input) const {
    if (members_ == 0) return 0;
    const auto end = std::find_if(input.begin(), input.end(), [](char byte) { return byte != 0; });
    return static_cast<std::size_t>(end - input.begin());
  }

  Step inflate_some(std::span<const char> input, std::span<char> output) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(input.size());
    stream_.next_out = reinterpret_cast<Bytef*>(output.data());
    stream_.avail_out = static_cast<uInt>(output.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    Step step{input.size() - stream_.avail_in, output.size() - stream_.avail_out, {}};
    if (result == Z_STREAM_END) {
      end_member();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      step.damage = damage_text(result);
    }
    return step;
  }

  void end_member() {
    ++members_;
    between_members_ = true;
    inflateReset(&stream_);
  }

  std::string damage_text(int result) const {
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (members_ > 0 && stream_.total_out == 0)
      return "bytes that are not gzip follow the gzip data";
    return stream_.msg != nullptr ? stream_.msg : "not gzip data";
  }

  z_stream stream_{};
  std::size_t members_ = 0;
  bool between_members_ = false;
};

}  // namespace

std::unique_ptr<Decompressor> make_gzip_decompressor() {
  return std::make_unique<GzipDecompressor>();
}

}  // namespace payferry

#include <zstd.h>

#include <new>

#include "loader/source/decompressor.hpp"

namespace payferry {

namespace {

class ZstdDecompressor final : public Decompressor {
 public:
  ZstdDecompressor() : stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
  }

  Step decompress(std::span<const char> input, std::span<char> output) override {
    if (input.empty() && between_frames_) return {};
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in);
    Step step{in.pos, out.pos, {}};
    if (ZSTD_isError(result)) step.damage = ZSTD_getErrorName(result);
    between_frames_ = result == 0;
    return step;
  }

  bool may_end() const override { return between_frames_; }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Free> stream_;
  bool between_frames_ = false;
};

}  // namespace

std::unique_ptr<Decompressor> make_zstd_decompressor() {
  return std::make_unique<ZstdDecompressor>();
}

}  // namespace payferry

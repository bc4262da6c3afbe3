#include "bench/harness/payment_generator.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "model/json_text.hpp"

namespace payferry::bench {

namespace {

constexpr std::array<std::string_view, 16> kFirstNames = {
    "Anna", "José",   "Zoë",   "Liam", "Noor", "Søren", "Mia",  "Łukasz",
    "Emma", "Jürgen", "Aoife", "Hana", "Omar", "Chloé", "Ngọc", "Oliver"};
constexpr std::array<std::string_view, 16> kLastNames = {
    "Novák",  "García", "Müller",  "O'Brien", "Smith",   "Jensen",    "Kowalska",     "Dubois",
    "Tanaka", "Rossi",  "Ibrahim", "Nguyễn",  "Johnson", "Lindqvist", "Papadopoulos", "Weiß"};
constexpr std::array<std::string_view, 6> kCompanies = {
    "Müller, Söhne & Co. KG", "Acme, Inc.",    "\"Blue Door\" Ltd",
    "Café Zürich GmbH",       "O'Hara & Sons", "株式会社サクラ"};
constexpr std::array<std::string_view, 10> kDescriptions = {
    "Annual subscription, Professional plan",
    "Order of 3 items",
    "Deposit for booking in Kraków",
    "Workshop \"Billing without tears\"",
    "Monthly retainer",
    "Instalment 2 of 6, see contract",
    "Replacement part no. 40-117",
    "Conference ticket; vegetarian",
    "Delivery to:\n12 High Street\nYork",
    "Donation – thank you!"};

struct MoneyKind {
  std::string_view currency;
  unsigned decimals;
  unsigned share;  ///< of 100
};

constexpr std::array<MoneyKind, 6> kMoney = {
    {{"GBP", 2, 50}, {"EUR", 2, 20}, {"USD", 2, 20}, {"JPY", 0, 5}, {"CHF", 2, 4}, {"KWD", 3, 1}}};

struct Shared {
  std::string_view value;
  unsigned share;  ///< of 100
};

constexpr std::array<Shared, 6> kStatuses = {{{"succeeded", 88},
                                              {"refunded", 4},
                                              {"partially_refunded", 3},
                                              {"failed", 3},
                                              {"processing", 1},
                                              {"disputed_lost", 1}}};
constexpr std::array<Shared, 6> kMethods = {
    {{"card", 70}, {"sepa", 10}, {"wire_transfer", 8}, {"ach", 6}, {"bacs", 4}, {"cash", 2}}};

constexpr std::array<Defect, 5> kDefects = {Defect::bad_amount, Defect::bad_date,
                                            Defect::missing_id, Defect::unknown_status,
                                            Defect::currency_not_enabled};

// 2023-01-01 and 2025-12-31: history, whenever it is generated.
constexpr std::int64_t kFirstSecond = 1'672'531'200;
constexpr std::int64_t kSpanSeconds = std::int64_t{3} * 365 * 86'400;

template <std::size_t kCount>
std::string_view pick(const std::array<std::string_view, kCount>& from, simulator::Random& random) {
  return from[random.below(kCount)];
}

template <class Choice, std::size_t kCount>
const Choice& pick_shared(const std::array<Choice, kCount>& from, simulator::Random& random) {
  std::uint64_t rest = random.below(100);
  for (const Choice& choice : from) {
    if (rest < choice.share) return choice;
    rest -= choice.share;
  }
  return from.front();
}

void append_number(std::string& out, std::uint64_t number, std::size_t width) {
  char text[20];
  const auto result = std::to_chars(text, text + sizeof text, number);
  const auto size = static_cast<std::size_t>(result.ptr - text);
  if (size < width) out.append(width - size, '0');
  out.append(text, size);
}

void append_csv_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\n") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_moment(std::string& out, std::int64_t second) {
  const std::chrono::sys_seconds moment{std::chrono::seconds(second)};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(day);
  const auto time = static_cast<std::uint64_t>((moment - day).count());
  append_number(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
  out += '-';
  append_number(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_number(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  append_number(out, time / 3600, 2);
  out += ':';
  append_number(out, time / 60 % 60, 2);
  out += ':';
  append_number(out, time % 60, 2);
  out += 'Z';
}

// Letters, so that no id has as many digits as a card number.
std::string letters_of(std::uint64_t seed) {
  std::string letters(4, 'A');
  for (char& letter : letters) {
    letter = static_cast<char>('A' + seed % 26);
    seed /= 26;
  }
  return letters;
}

// Most payments are small, a few are large.
std::uint64_t draw_minor_units(simulator::Random& random) {
  const std::uint64_t most = random.below(100) < 95 ? 50'000 : 5'000'000;
  return 100 + random.below(most);
}

}  // namespace

struct PaymentGenerator::Payment {
  Defect defect = Defect::none;
  std::string id;
  std::string created;
  std::string amount;
  std::string_view currency;
  std::string_view status;
  std::string_view method;
  std::string email;
  std::string customer;
  std::string_view description;
  std::string reference;

  void clear();
  void append_csv(std::string& out) const;
  void append_json(std::string& out) const;
};

void PaymentGenerator::Payment::clear() {
  for (std::string* text : {&id, &created, &amount, &email, &customer, &reference}) text->clear();
}

void PaymentGenerator::Payment::append_csv(std::string& out) const {
  const std::array<std::string_view, 7> plain = {id,     created, amount, currency,
                                                 status, method,  email};
  for (const std::string_view cell : plain) out.append(cell).append(1, ',');
  append_csv_cell(out, customer);
  out += ',';
  append_csv_cell(out, description);
  out.append(1, ',').append(reference).append(1, '\n');
}

void PaymentGenerator::Payment::append_json(std::string& out) const {
  out.append("{\"id\":\"").append(id).append("\",\"created\":\"").append(created);
  out.append("\",\"amount\":{\"value\":\"")
      .append(amount)
      .append("\",\"currency\":\"")
      .append(currency);
  out.append("\"},\"status\":\"").append(status).append("\",\"method\":\"").append(method);
  out.append("\",\"customer\":{\"email\":\"").append(email).append("\",\"name\":");
  append_json_string(out, customer);
  out += "},\"description\":";
  append_json_string(out, description);
  out.append(",\"reference\":\"").append(reference).append("\"}\n");
}

std::string_view name_of(Defect defect) {
  switch (defect) {
    case Defect::none:
      return "none";
    case Defect::bad_amount:
      return "bad_amount";
    case Defect::bad_date:
      return "bad_date";
    case Defect::missing_id:
      return "missing_id";
    case Defect::unknown_status:
      return "unknown_status";
    case Defect::currency_not_enabled:
      return "currency_not_enabled";
  }
  return {};
}

std::string_view refused_by(Defect defect) {
  return defect == Defect::unknown_status || defect == Defect::currency_not_enabled ? "hubspot"
                                                                                    : "payferry";
}

PaymentGenerator::PaymentGenerator(const GeneratorOptions& options)
    : options_(options),
      random_(options.seed),
      customers_(std::clamp<std::uint64_t>(options.records / 8, 1, 1'000'000)),
      seconds_per_record_(
          std::max<std::int64_t>(1, kSpanSeconds / static_cast<std::int64_t>(options.records + 1))),
      payment_(std::make_unique<Payment>()) {
  id_prefix_ = "PAY-" + letters_of(options.seed) + "-";
}

PaymentGenerator::~PaymentGenerator() = default;

void PaymentGenerator::append_head(std::string& out) const {
  if (options_.format == GeneratedFormat::ndjson) return;
  out += "id,created,amount,currency,status,method,email,customer,description,reference\n";
}

Defect PaymentGenerator::append_next(std::string& out) {
  ++number_;
  payment_->clear();
  payment_->defect = draw_defect();
  draw_identity();
  draw_money();
  draw_customer();
  payment_->description = pick(kDescriptions, random_);
  if (options_.format == GeneratedFormat::csv) {
    payment_->append_csv(out);
  } else {
    payment_->append_json(out);
  }
  return payment_->defect;
}

Defect PaymentGenerator::draw_defect() {
  if (options_.bad_share <= 0 || !random_.chance(options_.bad_share)) return Defect::none;
  return kDefects[random_.below(kDefects.size())];
}

void PaymentGenerator::draw_identity() {
  Payment& payment = *payment_;
  if (payment.defect != Defect::missing_id) {
    payment.id = id_prefix_;
    append_number(payment.id, number_, 9);
  }
  if (payment.defect == Defect::bad_date) {
    payment.created = "2024-02-30T10:00:00Z";
  } else {
    const auto step = static_cast<std::int64_t>(number_) * seconds_per_record_;
    const auto late = static_cast<std::int64_t>(random_.below(60));
    append_moment(payment.created, kFirstSecond + (step + late) % kSpanSeconds);
  }
  payment.reference = "INV-";
  append_number(payment.reference, 2023 + random_.below(3), 4);
  payment.reference += '-';
  append_number(payment.reference, random_.below(1'000'000), 6);
}

void PaymentGenerator::draw_money() {
  Payment& payment = *payment_;
  const MoneyKind& kind = pick_shared(kMoney, random_);
  const std::uint64_t minor = draw_minor_units(random_);
  append_number(payment.amount, minor, kind.decimals + 1);
  if (kind.decimals > 0) payment.amount.insert(payment.amount.size() - kind.decimals, 1, '.');
  if (payment.defect == Defect::bad_amount) payment.amount += 'O';
  payment.currency = payment.defect == Defect::currency_not_enabled ? "NOK" : kind.currency;
  payment.status = pick_shared(kStatuses, random_).value;
  if (payment.defect == Defect::unknown_status) payment.status = "settled_elsewhere";
  payment.method = pick_shared(kMethods, random_).value;
}

void PaymentGenerator::draw_customer() {
  Payment& payment = *payment_;
  payment.email = "customer";
  append_number(payment.email, 1 + random_.below(customers_), 1);
  payment.email += "@example.com";
  if (random_.below(100) < 15) {
    payment.customer = pick(kCompanies, random_);
    return;
  }
  payment.customer.append(pick(kFirstNames, random_))
      .append(1, ' ')
      .append(pick(kLastNames, random_));
}

}  // namespace payferry::bench

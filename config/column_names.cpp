#include "config/column_names.hpp"

#include <algorithm>

#include "config/sample.hpp"

namespace payferry {

namespace {

/// What a property's column is called, folded, the surest names first.
struct ColumnNames {
  std::string_view property;
  std::vector<std::string_view> names;
};

const std::vector<ColumnNames>& column_names() {  // NOLINT(readability-function-size): a table
  static const std::vector<ColumnNames> names{
      {"hs_external_reference_id",
       {"payment id",
        "transaction id",
        "charge id",
        "external reference id",
        "transaktions id",
        "transaktionsnummer",
        "transaktionscode",
        "zahlungs id",
        "zahlungsnummer",
        "id de transaction",
        "identifiant de transaction",
        "id transaction",
        "id paiement",
        "numero de transaction",
        "id de transaccion",
        "id transaccion",
        "id de pago",
        "id pago",
        "receipt number",
        "receipt no",
        "invoice number",
        "invoice no",
        "invoice id",
        "invoice",
        "rechnungsnummer",
        "rechnungsnr",
        "rechnung",
        "belegnummer",
        "belegnr",
        "numero de facture",
        "facture",
        "numero de factura",
        "factura",
        "order id",
        "order number",
        "bestellnummer",
        "numero de commande",
        "numero de pedido",
        "payment reference",
        "reference",
        "referenz",
        "referencia",
        "id",
        "uuid",
        "key"}},
      {"hs_initial_amount",
       {"amount",
        "gross amount",
        "payment amount",
        "transaction amount",
        "amount paid",
        "total amount",
        "gross",
        "total",
        "amount cents",
        "amount in cents",
        "amount minor",
        "betrag",
        "bruttobetrag",
        "brutto",
        "gesamtbetrag",
        "zahlbetrag",
        "summe",
        "umsatz",
        "montant",
        "montant brut",
        "montant total",
        "montant ttc",
        "brut",
        "importe",
        "importe total",
        "importe bruto",
        "monto",
        "monto total",
        "bruto",
        "cantidad",
        "value",
        "price",
        "paid",
        "sum",
        "net amount",
        "netto",
        "net"}},
      {"hs_initiated_date",
       {"paid at",
        "paid on",
        "payment date",
        "payment time",
        "date paid",
        "date of payment",
        "paid",
        "transaction date",
        "created at",
        "created",
        "initiated at",
        "created date",
        "charge date",
        "date",
        "datetime",
        "timestamp",
        "time",
        "completed at",
        "booking date",
        "value date",
        "zahlungsdatum",
        "bezahlt am",
        "buchungsdatum",
        "buchungstag",
        "transaktionsdatum",
        "erstellt am",
        "datum",
        "valuta",
        "wertstellung",
        "date de paiement",
        "date paiement",
        "paye le",
        "date de transaction",
        "date operation",
        "date de creation",
        "fecha de pago",
        "fecha pago",
        "pagado el",
        "fecha de transaccion",
        "fecha operacion",
        "fecha",
        "invoice date",
        "rechnungsdatum",
        "date de facture",
        "fecha de factura"}},
      {"hs_currency_code",
       {"currency", "currency code", "currency iso code", "ccy", "wahrung", "waehrung",
        "wahrungscode", "devise", "monnaie", "moneda", "divisa"}},
      {"hs_customer_email",
       {"customer email", "email", "e mail", "buyer email", "payer email", "from email address",
        "email address", "mail", "kunden e mail", "e mail adresse", "adresse e mail", "courriel",
        "correo electronico", "correo", "email cliente", "email client"}},
      {"hs_latest_status",
       {"status", "payment status", "transaction status", "state", "zahlungsstatus", "zustand",
        "statut", "statut du paiement", "etat", "estado", "estado del pago"}},
      {"hs_fees_amount",
       {"fee", "fees", "processing fee", "transaction fee", "commission", "gebuhr", "gebuhren",
        "gebuehr", "gebuehren", "entgelt", "provision", "frais", "comision", "tarifa"}},
      {"hs_refunds_amount",
       {"amount refunded", "refunded amount", "refunded", "refunds", "refund amount", "erstattet",
        "erstattung", "erstatteter betrag", "montant rembourse", "rembourse", "remboursement",
        "importe reembolsado", "reembolsado", "reembolso"}},
      {"hs_payout_date",
       {"payout date", "deposit date", "settlement date", "disbursement date", "available on",
        "auszahlungsdatum", "ausgezahlt am", "date de virement", "date de versement",
        "fecha de abono", "fecha de liquidacion"}},
      {"hs_payment_method_type",
       {"payment method", "payment type", "method", "payment source type",
        "payment instrument type", "tender", "zahlungsart", "zahlungsmethode", "zahlungsmittel",
        "mode de paiement", "moyen de paiement", "methode de paiement", "metodo de pago",
        "forma de pago", "medio de pago"}},
      {"hs_payment_method_last_4",
       {"last 4", "last4", "card last4", "card last 4", "last four", "last four digits", "letzte 4",
        "letzte vier", "derniers 4 chiffres", "ultimos 4", "ultimos 4 digitos"}},
      {"hs_payment_method_bank_or_issuer",
       {"card brand", "card type", "brand", "bank", "issuer", "kartentyp", "kartenmarke",
        "type de carte", "banque", "tipo de tarjeta", "banco"}},
      {"hs_reference_number",
       {"reference number", "reference", "payment reference", "invoice number", "invoice",
        "order number", "order id", "referenz", "verwendungszweck", "rechnungsnummer",
        "bestellnummer", "numero de facture", "reference facture", "referencia",
        "numero de factura"}},
      {"hs_internal_comment",
       {"comment", "comments", "note", "notes", "description", "memo", "subject", "details",
        "kommentar", "notiz", "bemerkung", "beschreibung", "commentaire", "remarque", "libelle",
        "comentario", "nota", "descripcion", "concepto"}},
      {"hs_billing_address_line_1",
       {"billing address", "billing address line 1", "billing address line1", "address line 1",
        "address line1", "street", "strasse", "strase", "rechnungsadresse",
        "adresse de facturation", "rue", "direccion de facturacion", "direccion", "calle"}},
      {"hs_billing_address_city",
       {"billing city", "billing address city", "city", "ort", "stadt", "ville", "ciudad",
        "localidad"}},
      {"hs_billing_address_zip",
       {"billing zip", "billing address zip", "billing postal code", "zip", "zip code",
        "postal code", "postcode", "plz", "postleitzahl", "code postal", "codigo postal"}},
      {"hs_billing_address_country",
       {"billing country", "billing address country", "country", "country code", "land", "pays",
        "pais"}}};
  return names;
}

struct KnownValues {
  std::string_view property;
  std::string_view value;
  std::vector<std::string_view> words;
};

const std::vector<KnownValues>& known_values() {
  static const std::vector<KnownValues> values{
      {"hs_latest_status",
       "succeeded",
       {"succeeded", "success",   "successful", "paid",      "complete",    "completed",
        "settled",   "captured",  "cleared",    "confirmed", "approved",    "ok",
        "done",      "closed",    "paid out",   "bezahlt",   "erfolgreich", "abgeschlossen",
        "gebucht",   "beglichen", "paye",       "payee",     "reussi",      "termine",
        "effectue",  "encaisse",  "pagado",     "pagada",    "completado",  "completada",
        "exitoso",   "cobrado",   "aprobado"}},
      {"hs_latest_status",
       "processing",
       {"processing", "pending", "open", "authorized", "submitted", "in progress", "waiting",
        "held", "on hold", "ausstehend", "offen", "in bearbeitung", "en attente", "en cours",
        "pendiente", "en proceso", "procesando"}},
      {"hs_latest_status",
       "failed",
       {"failed",         "failure",   "declined",  "denied",      "rejected",  "error",
        "canceled",       "cancelled", "voided",    "void",        "expired",   "blocked",
        "fehlgeschlagen", "abgelehnt", "storniert", "abgebrochen", "echoue",    "refuse",
        "annule",         "fallido",   "fallida",   "rechazado",   "rechazada", "cancelado",
        "cancelada",      "anulado"}},
      {"hs_latest_status",
       "refunded",
       {"refunded", "refund", "reversed", "erstattet", "zuruckerstattet", "rembourse", "remboursee",
        "reembolsado", "reembolsada", "devuelto"}},
      {"hs_latest_status",
       "partially_refunded",
       {"partially refunded", "partial refund", "teilweise erstattet", "partiellement rembourse",
        "parcialmente reembolsado"}},
      {"hs_latest_status",
       "disputed_lost",
       {"disputed lost", "charged back", "chargeback", "dispute lost"}},
      {"hs_latest_status",
       "disputed_awaiting_decision",
       {"disputed awaiting decision", "disputed", "dispute", "in dispute"}},
      {"hs_latest_status", "disputed_won", {"disputed won", "dispute won"}},
      {"hs_latest_status", "disputed_action_required", {"disputed action required"}},
      {"hs_latest_status", "processing_refund", {"processing refund", "refund pending"}},
      {"hs_payment_method_type",
       "card",
       {"card", "credit card", "debit card", "creditcard", "visa", "mastercard", "amex",
        "american express", "kreditkarte", "karte", "ec karte", "carte", "carte bancaire",
        "carte de credit", "cb", "tarjeta", "tarjeta de credito", "tarjeta de debito"}},
      {"hs_payment_method_type",
       "sepa",
       {"sepa", "sepa debit", "sepa lastschrift", "lastschrift", "sepa direct debit"}},
      {"hs_payment_method_type", "ach", {"ach", "ach debit", "us bank account"}},
      {"hs_payment_method_type", "bacs", {"bacs", "bacs debit"}},
      {"hs_payment_method_type", "cash", {"cash", "bar", "bargeld", "especes", "efectivo"}},
      {"hs_payment_method_type", "check", {"check", "cheque", "scheck"}},
      {"hs_payment_method_type",
       "wire_transfer",
       {"wire", "wire transfer", "bank transfer", "transfer", "uberweisung", "bankuberweisung",
        "virement", "virement bancaire", "transferencia", "transferencia bancaria"}},
      {"hs_payment_method_type",
       "other",
       {"other", "paypal", "klarna", "apple pay", "google pay", "sonstige", "autre", "otro"}}};
  return values;
}

/// A whole word or words of a longer name: "amount" in "amount paid".
bool holds_words(std::string_view name, std::string_view words) {
  for (std::size_t at = name.find(words); at != std::string_view::npos;
       at = name.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || name[at - 1] == ' ') && (end == name.size() || name[end] == ' ')) return true;
  }
  return false;
}

constexpr unsigned kExactScore = 1000;
constexpr unsigned kPartScore = 400;
constexpr std::size_t kMinPartBytes = 4;  ///< "id" or "net" inside another name says nothing

}  // namespace

unsigned name_score(std::string_view property, std::string_view column) {
  const std::string folded = fold_name(column);
  if (folded == fold_name(property)) return 2 * kExactScore;
  unsigned best = 0;
  for (const ColumnNames& entry : column_names()) {
    if (entry.property != property) continue;
    for (unsigned rank = 0; rank < entry.names.size(); ++rank) {
      const std::string_view name = entry.names[rank];
      if (folded == name) return kExactScore - rank;
      if (name.size() >= kMinPartBytes && holds_words(folded, name))
        best = std::max(best, kPartScore - rank);
    }
  }
  return best;
}

std::string_view known_value(std::string_view property, std::string_view word) {
  const std::string folded = fold_name(word);
  for (const KnownValues& entry : known_values()) {
    const auto& words = entry.words;
    if (entry.property == property && std::find(words.begin(), words.end(), folded) != words.end())
      return entry.value;
  }
  return {};
}

}  // namespace payferry

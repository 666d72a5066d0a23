#include "tests/bench/news_text.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace onrecord {
namespace bench {
namespace {

// $P is a person named in full, $F a family name, $T an office, $C a country,
// $B a body, $X a thing that is argued about, $V what may be done with it, $N a
// number.
constexpr const char* kReports[] = {
    "$T $P said on Tuesday that $C would $V $X before the summer.",
    "“We will $V $X, whatever $C does,” $F told reporters in the capital.",
    "$F added that nobody had asked the government to $V $X.",
    "According to two officials, who asked not to be named, $C is ready to $V "
    "$X if its neighbours agree.",
    "$B rejected the plan and demanded that parliament $V $X instead.",
    "“It took $N months, and it will take $N more,” said $P, president of $B.",
    "$P, who has led $B since 2019, wants the cabinet to $V $X.",
    "He declined to say when that might happen.",
    "She argued that the costs, now put at $N million, were too high.",
    "A spokesman for $B did not respond to a request for comment.",
    "$C has long opposed any attempt to $V $X, calling it “a step back”.",
    "In a statement, $B warned that $N jobs were at risk unless ministers "
    "agreed to $V $X.",
    "“I do not believe that we should $V $X,” $F said, adding that others in "
    "$B felt the same."};

// Sentences that report nobody. With two of them to each of the others there is
// a statement in about 190 bytes, as in political news.
constexpr const char* kBackground[] = {
    "The economy grew by $N percent last year, less than in the year before.",
    "Shares of the largest producers fell $N percent on the news.",
    "The harbour at the mouth of the river handles $N ships a day, most of "
    "them with grain, coal and timber from the interior.",
    "It was the third such meeting since the election in November, and it "
    "ended after $N minutes without a common text.",
    "About $N people stood in the rain outside the building in the evening.",
    "Exports to $C, the second largest market, were worth $N million last "
    "year, customs data from the first quarter aside.",
    "The bill passed its first reading by $N votes to 41 and now goes to a "
    "committee, where it may stay until the autumn.",
    "$T $P took office in January after $N years in local government.",
    "The road between the two cities was closed for $N days after the flood "
    "in spring, and parts of it are under repair.",
    "Prices had been stable for most of the decade before the drought.",
    "The talks, which began in March, are to go on next week in $C."};

constexpr const char* kGiven[] = {"Anna",  "Boris", "Clara", "David",
                                  "Elena", "Farid", "Greta", "Hugo",
                                  "Irene", "Jonas", "Karla", "Luis"};
constexpr const char* kFirst[] = {"Ber", "Hol",  "Lind", "Mar",  "Nor", "Os",
                                  "Pet", "Rask", "Sand", "Torv", "Ves", "Wal"};
constexpr const char* kSecond[] = {"berg", "dahl",  "ensen", "gard", "holm",
                                   "mann", "quist", "stein", "vik",  "wick"};
constexpr const char* kOffices[] = {
    "Finance Minister", "Trade Minister", "Governor",       "Prime Minister",
    "Commissioner",     "Senator",        "Deputy Minister"};
constexpr const char* kCountries[] = {"France", "Japan",  "Brazil", "Canada",
                                      "Norway", "Poland", "Kenya",  "Chile"};
constexpr const char* kBodies[] = {
    "the Chamber of Industry",    "the Farmers’ Union",
    "the central bank",           "the Association of Fish Exporters",
    "the Institute for Fair Tax", "the Federation of Engineers"};
constexpr const char* kThings[] = {
    "the tariff on steel", "its import ban",      "the tax on bank profits",
    "subsidies for farms", "the trade agreement", "the cap on rents"};
constexpr const char* kVerbs[] = {"lift",   "extend",  "abolish",
                                  "review", "support", "postpone"};

class Writer {
 public:
  explicit Writer(uint32_t seed) : random_(seed) {}

  std::string Paragraph() {
    std::string text;
    const uint32_t sentences = 3 + random_() % 3;
    for (uint32_t i = 0; i < sentences; ++i) {
      absl::StrAppend(&text, i == 0 ? "" : " ", Sentence());
    }
    return text;
  }

 private:
  template <size_t n>
  std::string OneOf(const char* const (&words)[n]) {
    return words[random_() % n];
  }

  std::string Sentence() {
    const std::string family = OneOf(kFirst) + OneOf(kSecond);
    std::string text = absl::StrReplaceAll(
        random_() % 3 == 0 ? OneOf(kReports) : OneOf(kBackground),
        {{"$P", OneOf(kGiven) + " " + family},
         {"$F", family},
         {"$T", OneOf(kOffices)},
         {"$C", OneOf(kCountries)},
         {"$B", OneOf(kBodies)},
         {"$X", OneOf(kThings)},
         {"$V", OneOf(kVerbs)},
         {"$N", absl::StrCat(2 + random_() % 90)}});
    if (text[0] == 't') text[0] = 'T';
    return text;
  }

  std::mt19937 random_;
};

}  // namespace

std::string MakeNewsText(size_t bytes, uint32_t seed) {
  Writer writer(seed);
  std::string text;
  text.reserve(bytes + 1024);
  while (text.size() < bytes)
    absl::StrAppend(&text, writer.Paragraph(), "\n\n");
  return text;
}

}  // namespace bench
}  // namespace onrecord

#include "engine/similar_topics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/extract/stance/direction.h"
#include "engine/extract/topics/word_family.h"

namespace onrecord {
namespace {

// From this on two topics are proposed as one.
constexpr double kLeastScore = 0.5;

// A word that more topics use pairs nothing by itself.
constexpr size_t kMaxTopicsOfWord = 200;

// What a topic says, by families of words.
struct Words {
  std::map<std::string, std::string> families;  // to the first word of each
  std::set<std::string> phrases;                // in lower case
  double norm = 0;
};

void AddWords(absl::string_view text, Words* words) {
  const std::string lower = absl::AsciiStrToLower(text);
  for (const absl::string_view word :
       absl::StrSplit(lower, absl::ByAnyChar(" \t\n-–/,.;:()'\"“”‘’"),
                      absl::SkipEmpty())) {
    if (!extract::IsStopWord(word)) {
      words->families.emplace(extract::WordFamily(word), word);
    }
  }
}

std::vector<Words> ReadWords(absl::Span<const TopicRow> topics) {
  std::vector<Words> all(topics.size());
  for (size_t i = 0; i < topics.size(); ++i) {
    AddWords(topics[i].name(), &all[i]);
    for (const std::string& phrase : topics[i].phrases()) {
      AddWords(phrase, &all[i]);
      all[i].phrases.insert(absl::AsciiStrToLower(phrase));
    }
  }
  return all;
}

// Whether one wants what the other does not.
bool AreOpposed(const TopicRow& a, const TopicRow& b) {
  return !a.proposition().empty() && !b.proposition().empty() &&
         extract::DirectionOf(a.proposition()) !=
             extract::DirectionOf(b.proposition());
}

class Comparer {
 public:
  explicit Comparer(absl::Span<const TopicRow> topics)
      : topics_(topics), words_(ReadWords(topics)) {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (const auto& [family, word] : words_[i].families) {
        users_[family].push_back(i);
      }
    }
    for (Words& words : words_) {
      for (const auto& [family, word] : words.families) {
        words.norm += WeightOf(family) * WeightOf(family);
      }
      words.norm = std::sqrt(words.norm);
    }
  }

  std::vector<SimilarTopicsRow> Run() const {
    std::vector<SimilarTopicsRow> rows;
    for (size_t i = 0; i < words_.size(); ++i) {
      for (const auto& [other, product] : ProductsOf(i)) {
        const double score = product / (words_[i].norm * words_[other].norm);
        if (score >= kLeastScore) rows.push_back(RowOf(i, other, score));
      }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const SimilarTopicsRow& a, const SimilarTopicsRow& b) {
                       return a.score() > b.score();
                     });
    return rows;
  }

 private:
  double WeightOf(const std::string& family) const {
    return std::log(1.0 + static_cast<double>(topics_.size()) /
                              users_.find(family)->second.size());
  }

  // What `topic` has in common with each of those behind it.
  std::map<size_t, double> ProductsOf(size_t topic) const {
    std::map<size_t, double> products;
    for (const auto& [family, word] : words_[topic].families) {
      const std::vector<size_t>& users = users_.find(family)->second;
      if (users.size() > kMaxTopicsOfWord) continue;
      const double weight = WeightOf(family);
      for (const size_t other : users) {
        if (other > topic) products[other] += weight * weight;
      }
    }
    return products;
  }

  SimilarTopicsRow RowOf(size_t a, size_t b, double score) const {
    SimilarTopicsRow row;
    row.set_topic(topics_[a].topic());
    row.set_topic_name(topics_[a].name());
    row.set_other(topics_[b].topic());
    row.set_other_name(topics_[b].name());
    row.set_score(std::round(score * 1000) / 1000);
    for (const std::string& phrase : words_[a].phrases) {
      if (words_[b].phrases.count(phrase) > 0) {
        row.add_grounds(absl::StrCat("phrase \"", phrase, "\""));
      }
    }
    for (const auto& [family, word] : words_[a].families) {
      const auto other = words_[b].families.find(family);
      if (other == words_[b].families.end()) continue;
      row.add_grounds(other->second == word
                          ? absl::StrCat("word \"", word, "\"")
                          : absl::StrCat("words \"", word, "\" and \"",
                                         other->second, "\""));
    }
    if (AreOpposed(topics_[a], topics_[b])) {
      row.add_grounds("but the propositions point opposite ways");
    }
    return row;
  }

  const absl::Span<const TopicRow> topics_;
  std::vector<Words> words_;
  absl::flat_hash_map<std::string, std::vector<size_t>> users_;  // by family
};

}  // namespace

std::vector<SimilarTopicsRow> FindSimilarTopics(
    absl::Span<const TopicRow> topics) {
  return Comparer(topics).Run();
}

}  // namespace onrecord

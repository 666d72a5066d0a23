#include "engine/actors/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/actors/codebook_events.h"
#include "tests/testing/proto_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::ParseText;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kCodebook[] = R"pb(
  actors { id: "country/japan" name: "Japan" aliases: "Tokyo" }
  actors {
    id: "person/mori"
    name: "Daichi Mori"
    aliases: "Mori"
    roles { title: "trade minister" of: "country/japan" from: "2024-10-02" }
  }
  actors {
    id: "person/morita"
    name: "Aiko Morita"
    roles {
      title: "trade minister"
      of: "country/japan"
      from: "2020-01-01"
      to: "2024-10-01"
    }
  }
  actors { id: "person/anna-kato" name: "Anna Kato" }
  actors { id: "person/bea-kato" name: "Bea Kato" }
  actors { id: "organisation/kitano" name: "Kitano Precision" }
)pb";

class ResolverTest : public ::testing::Test {
 protected:
  ResolverTest() {
    article_.set_id("a");
    article_.set_published("2025-04-26");
    EventsOfCodebook(ParseText<Codebook>(kCodebook), {}, directory_);
  }

  // Resolves an article in which `entity` says something, and returns the
  // speaker as it stands in the event.
  Mention Speaker(extract::Entity entity) {
    extract::Extraction extraction;
    entity.begin = 0;
    entity.end = 4;
    extraction.entities.push_back(std::move(entity));
    extraction.statements.emplace_back();
    extraction.statements[0].speaker = 0;
    extraction.statements[0].statement =
        ParseText<Statement>("content { begin: 10 end: 20 }");
    resolved_ = Resolve(article_, extraction, directory_);
    return resolved_.statements.at(0)
        .statement_recorded()
        .statement()
        .speaker();
  }

  // The new events about actors, in short.
  std::vector<std::string> News() const {
    std::vector<std::string> news;
    for (const StreamAppend& append : resolved_.actors) {
      for (const NewEvent& event : append.events) {
        if (event.has_actor_introduced()) {
          news.push_back("new " + event.actor_introduced().actor_id());
        } else if (event.has_actor_aliased()) {
          news.push_back(absl::StrCat(event.actor_aliased().actor_id(), " is ",
                                      event.actor_aliased().alias(), " ",
                                      event.actor_aliased().confidence()));
        } else if (event.has_role_held()) {
          news.push_back(absl::StrCat(event.role_held().actor_id(), " holds ",
                                      event.role_held().role().title(), " of ",
                                      event.role_held().role().of()));
        }
      }
    }
    return news;
  }

  static extract::Entity Person(const std::string& name,
                                const std::string& title = "",
                                const std::string& of = "") {
    extract::Entity entity;
    entity.name = name;
    entity.kind = Actor::PERSON;
    if (!title.empty()) entity.offices.push_back({title, of, 0, 4});
    return entity;
  }

  static extract::Entity Body(const std::string& name) {
    extract::Entity entity;
    entity.name = name;
    entity.kind = Actor::ORGANISATION;
    return entity;
  }

  Article article_;
  Directory directory_;
  ResolvedArticle resolved_;
};

struct KnownCase {
  const char* test_name;
  const char* name;
  Actor::Kind kind;
  const char* actor_id;
};

class ResolverKnownTest : public ResolverTest,
                          public ::testing::WithParamInterface<KnownCase> {};

TEST_P(ResolverKnownTest, FindsWhoIsMeant) {
  extract::Entity entity;
  entity.name = GetParam().name;
  entity.kind = GetParam().kind;
  EXPECT_EQ(Speaker(entity).actor_id(), GetParam().actor_id);
}

INSTANTIATE_TEST_SUITE_P(
    Names, ResolverKnownTest,
    ::testing::Values(
        KnownCase{"Name", "Daichi Mori", Actor::PERSON, "person/mori"},
        KnownCase{"OtherOrder", "Mori Daichi", Actor::PERSON, "person/mori"},
        KnownCase{"FamilyName", "Mori", Actor::PERSON, "person/mori"},
        KnownCase{"Initial", "D. Mori", Actor::PERSON, "person/mori"},
        KnownCase{"OtherGivenName", "Ken Mori", Actor::PERSON,
                  "person/ken-mori"},
        KnownCase{"Capital", "Tokyo", Actor::COUNTRY, "country/japan"},
        KnownCase{"Government", "the Japanese government", Actor::ORGANISATION,
                  "country/japan"},
        KnownCase{"NewCountry", "the Chilean government", Actor::ORGANISATION,
                  "country/chile"},
        KnownCase{"ShortName", "Kitano", Actor::ORGANISATION,
                  "organisation/kitano"},
        KnownCase{"NewBody", "Nippon Daily", Actor::ORGANISATION,
                  "organisation/nippon-daily"}),
    [](const ::testing::TestParamInfo<KnownCase>& info) {
      return info.param.test_name;
    });

TEST_F(ResolverTest, AnAmbiguousFamilyNameIsLeftUnknown) {
  const Mention speaker = Speaker(Person("Kato"));
  EXPECT_EQ(speaker.actor_id(), "");
  EXPECT_THAT(speaker.reason(), HasSubstr("Anna Kato or Bea Kato"));
  EXPECT_THAT(News(), IsEmpty());
}

TEST_F(ResolverTest, ANearSpellingOfTheOfficeHolderIsJoinedAndFlagged) {
  article_.set_published("2023-05-01");
  const Mention speaker =
      Speaker(Person("Aika Moritta", "Trade Minister", "Japan"));
  EXPECT_EQ(speaker.actor_id(), "person/morita");
  EXPECT_LT(speaker.confidence(), 0.75);
  EXPECT_THAT(speaker.reason(), HasSubstr("near spelling of Aiko Morita"));
  EXPECT_THAT(News(), ElementsAre("person/morita is Aika Moritta 0.7"));
}

TEST_F(ResolverTest, ANearSpellingCountsOnlyForTheHolderOnTheDay) {
  const Mention speaker =
      Speaker(Person("Aika Moritta", "Trade Minister", "Japan"));
  EXPECT_EQ(speaker.actor_id(), "person/aika-moritta");
}

TEST_F(ResolverTest, ANearSpellingWithoutTheOfficeIsSomebodyElse) {
  article_.set_published("2023-05-01");
  EXPECT_EQ(Speaker(Person("Aika Moritta")).actor_id(), "person/aika-moritta");
}

TEST_F(ResolverTest, ANewPersonIsIntroducedWithTheOffice) {
  const Mention speaker =
      Speaker(Person("Ana Ruiz", "president", "Kitano Precision"));
  EXPECT_EQ(speaker.actor_id(), "person/ana-ruiz");
  EXPECT_EQ(speaker.role(), "president");
  EXPECT_THAT(News(), ElementsAre("new person/ana-ruiz",
                                  "person/ana-ruiz holds president of "
                                  "organisation/kitano"));
  Speaker(Person("Ana Ruiz", "president", "Kitano Precision"));
  EXPECT_THAT(News(), IsEmpty()) << "known by now";
}

TEST_F(ResolverTest, AFormerOfficeIsNotHeld) {
  Speaker(Person("Ana Ruiz", "former trade minister", "Japan"));
  EXPECT_THAT(News(), ElementsAre("new person/ana-ruiz"));
}

TEST_F(ResolverTest, AnUnnamedSpeakerBecomesNoActor) {
  extract::Entity officials;
  officials.name = "Japanese officials";
  officials.kind = Actor::GROUP;
  officials.unnamed = true;
  officials.member_of = "Japanese government";
  const Mention speaker = Speaker(officials);
  EXPECT_TRUE(speaker.unnamed());
  EXPECT_EQ(speaker.actor_id(), "");
  EXPECT_EQ(speaker.member_of(), "country/japan");
  EXPECT_THAT(News(), IsEmpty());
}

TEST_F(ResolverTest, TheOnlyHolderOfAnOfficeIsMeantByIt) {
  extract::Entity entity;
  entity.name = "trade minister";
  entity.kind = Actor::PERSON;
  entity.unnamed = true;
  entity.offices.push_back({"trade minister", "Japan", 0, 4});
  const Mention speaker = Speaker(entity);
  EXPECT_EQ(speaker.actor_id(), "person/mori");
  EXPECT_FALSE(speaker.unnamed());
  EXPECT_LT(speaker.confidence(), 1);
}

TEST_F(ResolverTest, AnOfficeThatNobodyIsKnownToHoldNamesNobody) {
  extract::Entity entity;
  entity.name = "finance minister";
  entity.kind = Actor::PERSON;
  entity.unnamed = true;
  entity.offices.push_back({"finance minister", "Japan", 0, 4});
  EXPECT_TRUE(Speaker(entity).unnamed());
}

// "The minister" names nobody by itself, but does in an article about one.
TEST_F(ResolverTest, ATitleAloneMeansTheHolderNamedBefore) {
  extract::Extraction extraction;
  extraction.entities.push_back(Person("Daichi Mori"));
  extraction.entities.back().begin = 0;
  extract::Entity minister;
  minister.name = "minister";
  minister.kind = Actor::PERSON;
  minister.unnamed = true;
  minister.offices.push_back({"minister", "", 20, 28});
  minister.begin = 20;
  minister.end = 28;
  extraction.entities.push_back(minister);
  extraction.statements.emplace_back();
  extraction.statements[0].speaker = 1;
  const ResolvedArticle resolved = Resolve(article_, extraction, directory_);
  const Mention& speaker =
      resolved.statements.at(0).statement_recorded().statement().speaker();
  EXPECT_EQ(speaker.actor_id(), "person/mori");
  EXPECT_FALSE(speaker.unnamed());
  EXPECT_EQ(speaker.reason(), "the only one named before who holds the office");
}

// "The government", in an article that names no country, is that of its
// ministers.
TEST_F(ResolverTest, TheGovernmentIsOfTheCountryOfThoseNamedBefore) {
  const auto speaker = [this](const std::vector<extract::Entity>& persons) {
    extract::Extraction extraction;
    extraction.entities = persons;
    extract::Entity government;
    government.name = "government";
    government.kind = Actor::GROUP;
    government.unnamed = true;
    government.begin = 20;
    government.end = 30;
    extraction.entities.push_back(government);
    extraction.statements.emplace_back();
    extraction.statements[0].speaker =
        static_cast<int>(extraction.entities.size()) - 1;
    const ResolvedArticle resolved = Resolve(article_, extraction, directory_);
    return resolved.statements.at(0)
        .statement_recorded()
        .statement()
        .speaker()
        .actor_id();
  };
  EXPECT_EQ(speaker({Person("Daichi Mori")}), "country/japan");
  EXPECT_EQ(speaker({Person("Daichi Mori"), Person("Anna Kato")}),
            "country/japan");
  EXPECT_EQ(speaker({Person("Anna Kato")}), "");
  EXPECT_EQ(speaker({Person("Aiko Morita")}), "");  // no longer in office
  EXPECT_EQ(
      speaker({Person("Daichi Mori"), Person("Ana Ruiz", "mayor", "Spain")}),
      "");
}

TEST_F(ResolverTest, ADescriptionThatIsAListedNameMeansItsActor) {
  NewEvent event;
  event.mutable_actor_introduced()->set_actor_id("organisation/hnb");
  event.mutable_actor_introduced()->set_name("National Bank");
  event.mutable_actor_introduced()->set_kind(Actor::ORGANISATION);
  directory_.Apply(event);
  event.mutable_actor_aliased()->set_actor_id("organisation/hnb");
  event.mutable_actor_aliased()->set_alias("the central bank");
  directory_.Apply(event);
  article_.set_text("The central bank said no.");
  extract::Entity bank;
  bank.name = "central bank";
  bank.kind = Actor::GROUP;
  bank.unnamed = true;
  bank.end = 16;
  extract::Extraction extraction;
  extraction.entities.push_back(bank);
  extraction.statements.emplace_back();
  extraction.statements[0].speaker = 0;
  const ResolvedArticle resolved = Resolve(article_, extraction, directory_);
  EXPECT_EQ(resolved.statements.at(0)
                .statement_recorded()
                .statement()
                .speaker()
                .actor_id(),
            "organisation/hnb");
}

TEST_F(ResolverTest, StatementIdsSayWhereTheWordsStand) {
  extract::Extraction extraction;
  extraction.entities = {Body("Japan"), Body("China")};
  extraction.statements.resize(2);
  extraction.statements[0].speaker = 0;
  extraction.statements[0].joint_speakers = {1};
  extraction.statements[0].statement =
      ParseText<Statement>("content { begin: 3 end: 8 }");
  extraction.statements[1].parent = 0;
  extraction.statements[1].statement = ParseText<Statement>(
      "content { begin: 3 end: 5 } content { begin: 6 end: 7 }");
  const ResolvedArticle resolved = Resolve(article_, extraction, directory_);
  std::vector<std::string> ids;
  for (const NewEvent& event : resolved.statements) {
    const Statement& statement = event.statement_recorded().statement();
    ids.push_back(absl::StrCat(statement.id(), " in ", statement.parent_id(),
                               " by ", statement.speaker().actor_id()));
  }
  EXPECT_THAT(
      ids, ElementsAre("a@3-8 in  by country/japan",
                       "a@3-8.2 in  by country/china", "a@3-7 in a@3-8 by "));
}

TEST(CodebookEventsTest, TheSameCodebookAgainSaysNothingNew) {
  Directory directory;
  const Codebook codebook = ParseText<Codebook>(kCodebook);
  EXPECT_EQ(EventsOfCodebook(codebook, {}, directory).size(), 6);
  EXPECT_THAT(EventsOfCodebook(codebook, {}, directory), IsEmpty());
}

TEST(CodebookEventsTest, ATopicThatChangedIsDefinedAgain) {
  Directory directory;
  const Codebook codebook =
      ParseText<Codebook>(R"pb(topics { id: "t" phrases: "x" })pb");
  EXPECT_EQ(EventsOfCodebook(codebook, {}, directory).size(), 1);
  const auto known = [](const char* fact) {
    return TopicsById{{"t", ParseText<TopicFact>(fact)}};
  };
  EXPECT_THAT(
      EventsOfCodebook(codebook, known(R"pb(topic { id: "t" phrases: "x" })pb"),
                       directory),
      IsEmpty());
  const char* const other = R"pb(topic { id: "t" phrases: "y" })pb";
  EXPECT_EQ(EventsOfCodebook(codebook, known(other), directory).size(), 1);
}

}  // namespace
}  // namespace onrecord

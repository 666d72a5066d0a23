#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "tests/engine/cli/command_line.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Ran;
using ::onrecord::testing::RunCommandLine;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A timeline of hand-coded statements: in March Ruiz is against, Mori for; in
// June Ruiz is for. June is recorded on another day than March.
class QuestionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string book = dir_.Write(
        "book.json", R"({"topics":[{"id":"ban","name":"The ban"}],"actors":[
          {"id":"person/ruiz","name":"Ana Ruiz"},
          {"id":"person/mori","name":"Kenji Mori"}]})");
    Ingest(book, "march", "2025-03-10",
           R"({"docId":"march","statementId":"m1","speaker":{"actorName":)"
           R"("Ana Ruiz"},"topic":"ban","stance":-1,"content":[{"begin":0,)"
           R"("end":3}]})"
           "\n"
           R"({"docId":"march","statementId":"m2","speaker":{"actorName":)"
           R"("Kenji Mori"},"topic":"ban","stance":1})");
    Ingest(book, "june", "2025-06-10",
           R"({"docId":"june","statementId":"j1","speaker":{"actorName":)"
           R"("Ana Ruiz"},"topic":"ban","stance":1})");
  }

  void Ingest(const std::string& book, const std::string& id,
              const std::string& day, const std::string& rows) {
    const Ran ran =
        RunCommandLine({"ingest", dir_.Write(id + ".txt", "yes or no"), Db(),
                        "--published=" + day, "--now=" + day + "T12:00:00Z",
                        "--codebook=" + book,
                        "--statements=" + dir_.Write(id + ".jsonl", rows)});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
  }

  std::string Db() const { return "--db=" + dir_.Path("db"); }

  std::string Ask(std::vector<std::string> args) const {
    args.push_back(Db());
    const Ran ran = RunCommandLine(args);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }

  TempDirectory dir_;
};

TEST_F(QuestionTest, ShiftsSayWhoChangedWhenAndFromWhatToWhat) {
  EXPECT_THAT(Ask({"shifts", "--format=jsonl"}),
              AllOf(HasSubstr(R"("actorName":"Ana Ruiz")"),
                    HasSubstr(R"("kind":"reversal","day":"2025-06-10")"),
                    HasSubstr(R"("fromStance":-1,"toStance":1)"),
                    HasSubstr(R"("evidenceBefore":["m1"])"),
                    HasSubstr(R"("evidenceAfter":["j1"])"),
                    Not(HasSubstr("Kenji Mori"))));
}

TEST_F(QuestionTest, KnownAtAnEarlierDayTheShiftWasNotKnown) {
  EXPECT_EQ(Ask({"shifts", "--known-at=2025-04-01"}), "");
  EXPECT_EQ(Ask({"shifts", "--known-at=2025-06-10T11:59:59Z"}), "");
  EXPECT_NE(Ask({"shifts", "--known-at=2025-06-10"}), "");
}

TEST_F(QuestionTest, KnownAtBeforeTheFirstEventNothingWas) {
  EXPECT_EQ(Ask({"replay", "--known-at=2025-01-01"}), "");
  EXPECT_EQ(Ask({"replay", "--known-at=0"}), "");
}

TEST_F(QuestionTest, AsOfBeforeTheFirstStatementNobodyHadAPosition) {
  EXPECT_EQ(Ask({"replay", "--as-of=1990-01-01"}), "");
  EXPECT_NE(Ask({"replay", "--as-of=2025-04-01"}), "");
}

TEST_F(QuestionTest, KnownAtBeyondTheHeadIsAnError) {
  const Ran ran = RunCommandLine({"replay", Db(), "--known-at=1000000"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OUT_OF_RANGE"),
                             HasSubstr("but the log ends at")));
  EXPECT_THAT(RunCommandLine({"replay", Db(), "--known-at=soon"}).err,
              HasSubstr("INVALID_ARGUMENT"));
}

TEST_F(QuestionTest, AsOfTheDayBeforeTheOldPositionStillHeld) {
  EXPECT_THAT(Ask({"replay", "--actor=Ana Ruiz", "--as-of=2025-06-09",
                   "--format=jsonl"}),
              AllOf(HasSubstr(R"("stance":-1)"), Not(HasSubstr("\"to\""))));
}

TEST_F(QuestionTest, DiffSaysWhatIsHeldOtherwise) {
  EXPECT_EQ(
      Ask({"diff", "--from=2025-04-01", "--to=2025-07-01", "--format=csv"}),
      "ACTOR,TOPIC,BEFORE,AFTER,EVIDENCE\r\n"
      "Ana Ruiz,The ban,against,for,j1\r\n");
  EXPECT_EQ(Ask({"diff", "--from=2025-04-01", "--to=2025-05-01"}), "");
  EXPECT_EQ(Ask({"diff", "--known-from=2025-04-01", "--format=csv"}),
            "ACTOR,TOPIC,BEFORE,AFTER,EVIDENCE\r\n"
            "Ana Ruiz,The ban,against,for,j1\r\n")
      << "between two states of knowledge";
}

TEST_F(QuestionTest, NetworkSaysWhoConflictsInAPeriod) {
  EXPECT_EQ(Ask({"network", "--as-of=2025-04-01", "--format=csv"}),
            "ACTOR,ACTOR,AGREE ON,CONFLICT ON\r\n"
            "Kenji Mori,Ana Ruiz,,ban\r\n");
  EXPECT_EQ(Ask({"network", "--since=2025-06-11", "--format=csv"}),
            "ACTOR,ACTOR,AGREE ON,CONFLICT ON\r\n"
            "Kenji Mori,Ana Ruiz,ban,\r\n");
}

TEST_F(QuestionTest, WhyLeadsToTheWordsTheArticleAndTheEvent) {
  EXPECT_THAT(Ask({"why", "--actor=Ana Ruiz", "--topic=ban",
                   "--as-of=2025-04-01", "--format=jsonl"}),
              AllOf(HasSubstr(R"("statementId":"m1")"),
                    HasSubstr(R"("text":"yes")"), HasSubstr(R"("needed":true)"),
                    HasSubstr(R"("published":"2025-03-10")"),
                    HasSubstr(R"("logPositions":[")")));
  const Ran none = RunCommandLine(
      {"why", Db(), "--actor=Ana Ruiz", "--topic=ban", "--as-of=2025-01-01"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("NOT_FOUND"));
}

TEST_F(QuestionTest, TwoReplaysOfOneLogHaveOneCertificate) {
  const std::string lines = Ask({"certificate"});
  EXPECT_THAT(lines, HasSubstr("positions v"));
  EXPECT_EQ(Ask({"certificate"}), lines);
}

TEST_F(QuestionTest, DecisionsSayWhatTheyRecordedAndHowToTakeThemBack) {
  const std::string before = Ask({"replay", "--format=jsonl"});
  const std::string decided =
      Ask({"correct", "m2", "--kind=extraction", "--stance=none",
           "--reason=not for", "--by=ana"});
  EXPECT_THAT(decided, HasSubstr("statement m2 is person/mori on ban, no "
                                 "stance, said 2025-03-10; the extraction was "
                                 "wrong (ana: not for)"));
  EXPECT_THAT(Ask({"replay"}), Not(HasSubstr("Kenji Mori")));
  const std::string position = decided.substr(0, decided.find(':'));
  EXPECT_THAT(decided,
              HasSubstr("`onrecord undo " + position + "` takes it back"));
  Ask({"undo", position, "--reason=it was", "--by=ana"});
  EXPECT_EQ(Ask({"replay", "--format=jsonl"}), before);
}

TEST_F(QuestionTest, ADividedActorIsTakenBackAsItSays) {
  const std::string before = Ask({"replay", "--format=jsonl"});
  const std::string decided =
      Ask({"split", "Ana Ruiz Jr", "Ana Ruiz", "--statement=j1", "--reason=two",
           "--by=ana"});
  EXPECT_NE(Ask({"replay", "--format=jsonl"}), before);
  const std::string hint = "`onrecord ";
  const size_t begin = decided.find(hint) + hint.size();
  std::vector<std::string> undo = absl::StrSplit(
      decided.substr(begin, decided.find('`', begin) - begin), ' ');
  undo.insert(undo.end(), {"--reason=one", "--by=ana"});
  Ask(undo);
  EXPECT_EQ(Ask({"replay", "--format=jsonl"}), before);
}

TEST_F(QuestionTest, EveryDecisionHasACommand) {
  const std::vector<std::vector<std::string>> commands = {
      {"retract", "m2", "--kind=publisher"},
      {"merge", "Kenji Mori", "Ana Ruiz"},
      {"split", "Kenji Mori", "Ana Ruiz"},
      {"split", "Ana Ruiz", "Ana Ruiz", "--statement=m1"},
      {"alias", "Kenji Mori", "Mr Mori"},
      {"alias", "Kenji Mori", "Mr Mori", "--withdraw"},
      {"role", "Kenji Mori", "minister", "--from=2025-01"},
      {"member", "Kenji Mori", "person/ruiz", "--to=2025-05"}};
  for (std::vector<std::string> command : commands) {
    command.insert(command.end(), {"--reason=because", "--by=ana"});
    EXPECT_THAT(Ask(command), HasSubstr("takes it back")) << command[0];
  }
}

TEST_F(QuestionTest, ADecisionNeedsWhoAndWhy) {
  const Ran ran = RunCommandLine({"merge", "Kenji Mori", "Ana Ruiz", Db()});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("--reason is required"));
}

TEST_F(QuestionTest, WhyProvesItsEvents) {
  EXPECT_THAT(Ask({"why", "--actor=Ana Ruiz", "--topic=ban", "--proofs",
                   "--format=jsonl"}),
              HasSubstr(R"("proofs":[{"head":{"commits":")"));
}

TEST_F(QuestionTest, TheNetworkIsDrawnByOthers) {
  EXPECT_THAT(Ask({"network", "--graphml"}),
              AllOf(HasSubstr(R"(<data key="actor">person/mori</data>)"),
                    HasSubstr(R"(<data key="congruence">1</data>)")));
}

TEST(TopicsTest, SimilarOnesAreProposedAndNotMerged) {
  const TempDirectory dir;
  const std::string db = "--db=" + dir.Path("db");
  const std::string book =
      dir.Write("book.json", R"({"topics":[{"id":"ban","name":"Timber ban"},
        {"id":"bans","name":"Bans on timber"},{"id":"fee","name":"The fee"}]})");
  ASSERT_EQ(RunCommandLine({"ingest", dir.Write("a.txt", "Yes."), db,
                            "--codebook=" + book})
                .exit_code,
            0);
  EXPECT_EQ(RunCommandLine({"topics", "--similar", db}).out,
            "TOPIC  SIMILAR TO  SCORE  GROUNDS\n"
            "ban    bans        1.00   words \"ban\" and \"bans\", word "
            "\"timber\"\n");
  EXPECT_EQ(RunCommandLine({"topics", "--similar", "--format=jsonl", db}).out,
            R"({"topic":"ban","topicName":"Timber ban","other":"bans",)"
            R"("otherName":"Bans on timber","score":1,)"
            R"("grounds":["words \"ban\" and \"bans\"","word \"timber\""]})"
            "\n");
  EXPECT_EQ(RunCommandLine({"topic", "merge", "bans", "ban", db, "--reason=one",
                            "--by=ana"})
                .exit_code,
            0);
  EXPECT_EQ(RunCommandLine({"topics", "--similar", db}).out, "");
}

}  // namespace
}  // namespace onrecord

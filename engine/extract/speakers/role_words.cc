#include "engine/extract/speakers/role_words.h"

#include "absl/strings/match.h"
#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kTitles =
    "minister secretary president chancellor premier chief executive ceo cfo "
    "coo director chairman chairwoman chairperson chair governor gov gov. "
    "senator sen sen. representative rep rep. congressman congresswoman "
    "mayor ambassador envoy negotiator spokesman spokeswoman spokesperson "
    "leader lawmaker mp mep judge justice general gen gen. admiral adm. "
    "colonel col. captain capt. lieutenant lt. lt sergeant sgt. major "
    "professor prof. prof king queen prince princess emperor pope cardinal "
    "bishop archbishop imam rabbi commissioner speaker whip undersecretary "
    "deputy vice vice-president head founder co-founder analyst economist "
    "adviser advisor aide candidate nominee officer attorney lawyer "
    "secretary-general strategist pollster manager consultant diplomat "
    "delegate treasurer prosecutor sheriff inspector commander activist "
    "scientist toxicologist researcher historian author writer editor "
    "reporter columnist correspondent journalist host actor actress singer "
    "coach player owner partner principal dean fellow scholar expert "
    "prime-minister premier-designate president-elect co-chair chairman-elect "
    "politician legislator councillor councilman councilwoman councilor "
    "alderman organizer farmer worker trader broker investor banker union-boss "
    "chief-executive rector provost superintendent curator engineer "
    "physician doctor nurse veteran businessman businesswoman billionaire "
    "mogul magnate heir entrepreneur operative surrogate counsel solicitor "
    "ombudsman regulator trustee chaplain pastor reverend rev. rev minister-"
    "president foreign-minister vice-chair vice-chairman frontrunner "
    "front-runner rival opponent";
constexpr absl::string_view kHonorifics =
    "mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady madam mx mx.";
constexpr absl::string_view kPeople =
    "official source person people man woman resident critic supporter voter "
    "observer insider campaigner protester demonstrator backer ally opponent "
    "employee member citizen student parent teacher mother father husband "
    "wife son daughter brother sister friend neighbor neighbour staffer "
    "participant witness officials sources other someone somebody many some "
    "few most one several individual participant user customer consumer "
    "executive producer republican democrat conservative liberal progressive "
    "delegation delegate team critics americans public attendee onlooker "
    "commentator pundit staff follower fan detractor";
constexpr absl::string_view kBodies =
    "ministry department agency bureau office company firm group association "
    "council committee commission party union organization organisation "
    "federation confederation chamber bank institute institution university "
    "college school court parliament congress senate house assembly board "
    "body lobby foundation fund trust league society network alliance "
    "coalition consortium corporation authority administration government "
    "cabinet army navy police force campaign newspaper paper magazine "
    "broadcaster agency channel station website outlet carmaker automaker "
    "airline manufacturer maker producer exporter supplier retailer operator "
    "developer startup conglomerate utility insurer lender brokerage think-"
    "tank watchdog regulator embassy consulate presidency secretariat club "
    "church hospital museum bloc conference panel ministry-level directorate "
    "service industry sector exchange cooperative co-operative syndicate "
    "guild movement militia command headquarters delegation mission";
constexpr absl::string_view kCompanies =
    "company firm group corporation carmaker automaker airline manufacturer "
    "maker producer exporter supplier retailer operator developer startup "
    "conglomerate utility insurer lender bank brokerage toolmaker chipmaker";
constexpr absl::string_view kStateBodies =
    "ministry department agency bureau office court parliament congress senate "
    "assembly commission committee cabinet army navy police embassy consulate "
    "presidency secretariat council directorate";
constexpr absl::string_view kGovernments =
    "government administration cabinet authorities leadership regime state";
constexpr absl::string_view kMedia =
    "newspaper paper magazine broadcaster channel station website outlet news "
    "times post journal tribune herald gazette courier chronicle guardian "
    "telegraph independent observer globe daily weekly television tv radio "
    "shimbun press wire broadcasting review bulletin mail mirror sun star "
    "dispatch examiner inquirer register sentinel shogyo xinhua interfax tass "
    "reuters afp cnn bbc msnbc cnbc cbs nbc abc fox npr "
    "pbs politico axios buzzfeed yonhap kyodo jiji";
constexpr absl::string_view kSuffixes =
    "corp corp. inc inc. ltd ltd. llc plc nv n.v. ag sa s.a. gmbh co co. "
    "corporation company group holdings kk k.k. spa oyj ab as asa bhd pte";
constexpr absl::string_view kParticles =
    "van von de der den del della di da dos du la le el al bin ibn ben ter ten "
    "bint abu y e 'd";

}  // namespace

bool IsTitleWord(absl::string_view word) { return InList(word, kTitles); }
bool IsHonorific(absl::string_view word) { return InList(word, kHonorifics); }
bool IsPersonWord(absl::string_view word) {
  return InList(word, kTitles) || InList(word, kPeople) ||
         (word.size() > 5 &&
          (absl::EndsWith(word, "woman") || absl::EndsWith(word, "person") ||
           absl::EndsWith(word, "ist")));
}
bool IsSpokesperson(absl::string_view word) {
  return InList(word,
                "spokesman spokeswoman spokesperson spokespeople spokesmen "
                "press-secretary");
}
bool IsBodyWord(absl::string_view word) { return InList(word, kBodies); }
bool IsCompanyWord(absl::string_view word) { return InList(word, kCompanies); }
bool IsStateBodyWord(absl::string_view word) {
  return InList(word, kStateBodies);
}
bool IsGovernmentWord(absl::string_view word) {
  return InList(word, kGovernments);
}
bool IsMediaWord(absl::string_view word) { return InList(word, kMedia); }
bool IsCompanySuffix(absl::string_view word) { return InList(word, kSuffixes); }
bool IsNameParticle(absl::string_view word) { return InList(word, kParticles); }

Gender GenderOf(absl::string_view word) {
  if (InList(word,
             "she her hers herself mrs mrs. ms ms. miss dame lady madam queen "
             "princess actress mother wife daughter sister empress duchess "
             "businesswoman heiress") ||
      (word.size() > 5 && absl::EndsWith(word, "woman"))) {
    return Gender::kFemale;
  }
  if (InList(word,
             "he him his himself mr mr. sir lord king prince father husband "
             "son brother emperor duke pope bishop cardinal archbishop") ||
      (word.size() > 5 && absl::EndsWith(word, "man") && word != "german" &&
       word != "ottoman")) {
    return Gender::kMale;
  }
  return Gender::kUnknown;
}

}  // namespace extract
}  // namespace onrecord

#include "engine/boilerplate.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

TEST(BoilerplateTest, WhatStandsAroundArticles) {
  for (const char* line : {"Read more: Minister says the levy will go",
                           "READ MORE",
                           "Related:",
                           "By Ana Ruiz",
                           "By ANA RUIZ and Kenji Mori, Daily Staff",
                           "Photo: Kenji Mori",
                           "Advertisement",
                           "Sign up for our newsletter",
                           "Subscribe to read on",
                           "Already a subscriber? Log in",
                           "We use cookies to improve your visit.",
                           "Follow us on Chirper",
                           "Share this article",
                           "Copyright © 2025 Daily",
                           "© 2025 Daily",
                           "Reporting by Ana Ruiz; editing by Kenji Mori",
                           "Most read",
                           "Updated: 3 May 2025",
                           "  Comments ",
                           "(Reporting by Ana Ruiz in Paris and Kenji Mori; "
                           "Editing by Jo Field)",
                           "[Photo by Kenji Mori/Daily]",
                           "— With assistance from Ana Ruiz",
                           "Ana Ruiz in Paris contributed to this report.",
                           "By our foreign staff",
                           "By Ana Ruiz in Paris and Kenji Mori in Oslo",
                           "Published on 3 May 2025",
                           "Sign up here.",
                           "Advertisement",
                           "Story continues below"}) {
    EXPECT_TRUE(IsBoilerplate(line)) << line;
  }
}

TEST(BoilerplateTest, WhatArticlesSay) {
  for (const char* line :
       {"", "By contrast, Ana Ruiz said no.",
        "By Monday the minister had resigned, officials said.",
        "Subscribers fell by 3 percent, the company said.",
        "Copyright law should be reformed, Ruiz said.",
        "Related parties must register, the bill says.",
        "Photographers protested against the ban, Mori said.",
        "Readmore Ltd said that it would sell.",
        "“Follow us,” the guide told reporters.",
        "Comments made by the minister angered crews.",
        "Published on Monday, the report said that the plan was dead.",
        "Reporting by the Herald showed that officials knew.",
        "Edited by her, the letter said no.",
        "Advertisement spending fell, the firm said.",
        "More on this will be said tomorrow, Ruiz promised.",
        "Sponsored by Ana Ruiz, the bill would end the levy.",
        "Ruiz said no. Kenji Mori contributed to this report.", "by Ana Ruiz",
        "Registered voters want a recount, the union says."}) {
    EXPECT_FALSE(IsBoilerplate(line)) << line;
  }
}

TEST(BoilerplateTest, CreditAtTheEndOfALineIsCutOff) {
  EXPECT_EQ(WithoutCredit("Ruiz said no. (Reporting by Kenji Mori) "),
            "Ruiz said no. ");
  for (const char* line :
       {"Ruiz said no.", "Ruiz said no (again)", "(Reporting by Kenji Mori)",
        "Ruiz said no. (Reporting by Kenji Mori) Mori said yes.", "", "("}) {
    EXPECT_EQ(WithoutCredit(line), line);
  }
}

TEST(BoilerplateTest, TimeOfALiveEntryIsCutOff) {
  for (const char* line :
       {"17:31 – Ruiz said no.", " 9.05 - Ruiz said no.",
        "17:31 GMT — Ruiz said no.", "5:31 p.m. | Ruiz said no."}) {
    EXPECT_EQ(WithoutTimeStamp(line), "Ruiz said no.") << line;
  }
  for (const char* line :
       {"17:31 Ruiz said no.", "17:3 – Ruiz said no.", "17 – Ruiz said no.",
        "1.25-billion plans failed.", "Ruiz said no.", "", "17:31"}) {
    EXPECT_EQ(WithoutTimeStamp(line), line);
  }
}

TEST(BoilerplateTest, HeadingsThatEndAnArticle) {
  EXPECT_TRUE(EndsArticle("Related stories"));
  EXPECT_TRUE(EndsArticle("MOST READ:"));
  EXPECT_FALSE(EndsArticle("Related parties"));
  EXPECT_FALSE(EndsArticle("What it costs"));
}

}  // namespace
}  // namespace onrecord

#include "engine/extract/speakers/affiliation.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/extract/speakers/spelling.h"

namespace onrecord {
namespace extract {
namespace {

EntityRecord MakeRecord(const std::string& name, Actor::Kind kind) {
  EntityRecord record;
  record.entity.name = name;
  record.entity.kind = kind;
  record.words = NameWords(name);
  return record;
}

TEST(AffiliationTest, MediaAreKnownByNameAndByWhatTheyAreCalled) {
  EXPECT_TRUE(IsMedium(MakeRecord("The Norland Times", Actor::ORGANISATION)));
  EntityRecord called = MakeRecord("Utsikt", Actor::ORGANISATION);
  EXPECT_FALSE(IsMedium(called));
  EXPECT_TRUE(MayBeMedium(called));
  called.descriptors = {"newspaper"};
  EXPECT_TRUE(IsMedium(called));
  EXPECT_FALSE(IsMedium(MakeRecord("Tim Times", Actor::PERSON)));
}

TEST(AffiliationTest, WhatTheTextCallsABodyIsNoMedium) {
  EntityRecord body = MakeRecord("Utsikt", Actor::ORGANISATION);
  body.descriptors = {"ministry"};
  EXPECT_FALSE(MayBeMedium(body));
}

TEST(AffiliationTest, OfficeHoldersSpeakForTheirCountry) {
  const EntityRecord country = MakeRecord("Norway", Actor::COUNTRY);
  EntityRecord minister = MakeRecord("Ella Holm", Actor::PERSON);
  EXPECT_FALSE(SpeaksFor(minister, country));
  minister.entity.offices.push_back({"Trade Minister", "Norwegian", 0, 1});
  EXPECT_TRUE(SpeaksFor(minister, country));
  EXPECT_FALSE(SpeaksFor(minister, MakeRecord("Sweden", Actor::COUNTRY)));
}

TEST(AffiliationTest, UnnamedOfficialsSpeakForWhereTheySpeakFrom) {
  EntityRecord official = MakeRecord("two officials", Actor::GROUP);
  official.entity.unnamed = true;
  official.entity.member_of = "Norwegian";
  EXPECT_TRUE(SpeaksFor(official, MakeRecord("Norway", Actor::COUNTRY)));
  EXPECT_FALSE(SpeaksFor(official, MakeRecord("Sweden", Actor::COUNTRY)));
}

}  // namespace
}  // namespace extract
}  // namespace onrecord

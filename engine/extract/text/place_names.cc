#include "engine/extract/text/place_names.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/extract/models/feature_hash.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kCountries =
    "afghanistan albania algeria andorra angola antigua argentina armenia "
    "australia austria azerbaijan bahamas bahrain bangladesh barbados belarus "
    "belgium belize benin bhutan bolivia bosnia botswana brazil britain brunei "
    "bulgaria burkina burma burundi cambodia cameroon canada chad chile china "
    "colombia comoros congo croatia cuba cyprus czechia denmark djibouti "
    "dominica ecuador egypt england eritrea estonia eswatini ethiopia europe "
    "africa asia america fiji finland france gabon gambia germany ghana greece "
    "grenada guatemala guinea guyana haiti honduras hungary iceland india "
    "indonesia iran iraq ireland israel italy jamaica japan kazakhstan kenya "
    "kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho "
    "liberia libya liechtenstein lithuania luxembourg macedonia madagascar "
    "malawi malaysia maldives mali malta mauritania mauritius mexico moldova "
    "monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal "
    "netherlands nicaragua niger nigeria norway oman pakistan palau palestine "
    "panama paraguay peru philippines poland portugal qatar romania russia "
    "rwanda samoa scotland senegal serbia seychelles singapore slovakia "
    "slovenia somalia spain sudan suriname sweden switzerland syria taiwan "
    "tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan "
    "uganda uk ukraine uruguay us u.s. u.s u.k. u.k usa uzbekistan vanuatu "
    "vatican venezuela vietnam wales yemen zambia zimbabwe";

constexpr absl::string_view kCities =
    "abuja accra algiers amman amsterdam ankara astana athens baghdad baku "
    "bamako bangkok beijing beirut belgrade berlin bern bogota bogotá bonn "
    "brasilia brasília bratislava brazzaville brussels bucharest budapest "
    "cairo canberra caracas colombo copenhagen dakar damascus delhi dhaka doha "
    "dublin geneva hague hanoi harare havana helsinki islamabad jakarta "
    "jerusalem kabul kampala kathmandu khartoum kiev kigali kinshasa kyiv "
    "lisbon ljubljana london luanda lusaka madrid managua manila maputo minsk "
    "mogadishu monrovia montevideo moscow muscat nairobi nicosia oslo ottawa "
    "paris podgorica prague pretoria pristina pyongyang quito rabat reykjavik "
    "riga riyadh rome sarajevo seoul skopje sofia stockholm strasbourg taipei "
    "tallinn tashkent tbilisi tehran tirana tokyo tripoli tunis ulaanbaatar "
    "valletta vienna vientiane vilnius warsaw washington wellington windhoek "
    "yangon yerevan zagreb zurich";

constexpr absl::string_view kOfCountries =
    "afghan albanian algerian american angolan argentine argentinian armenian "
    "asian australian austrian azerbaijani bahraini bangladeshi belarusian "
    "belgian bolivian bosnian brazilian british bulgarian burmese cambodian "
    "canadian chilean chinese colombian congolese croatian cuban cypriot czech "
    "danish dutch ecuadorian egyptian english eritrean estonian ethiopian "
    "european african filipino finnish french georgian german ghanaian greek "
    "guatemalan haitian honduran hungarian icelandic indian indonesian iranian "
    "iraqi irish israeli italian jamaican japanese jordanian kazakh kenyan "
    "korean kuwaiti latvian lebanese liberian libyan lithuanian macedonian "
    "malaysian maltese mexican moldovan mongolian moroccan nepalese nepali "
    "nicaraguan nigerian norwegian omani pakistani palestinian panamanian "
    "paraguayan peruvian polish portuguese qatari romanian russian rwandan "
    "saudi scottish senegalese serbian singaporean slovak slovenian somali "
    "spanish sudanese swedish swiss syrian taiwanese tanzanian thai tunisian "
    "turkish ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh "
    "yemeni zambian zimbabwean";

using Kinds = absl::flat_hash_map<uint64_t, PlaceKind>;

void Add(absl::string_view words, PlaceKind kind, Kinds& kinds) {
  for (absl::string_view word : absl::StrSplit(words, ' ')) {
    kinds.emplace(HashLower(word), kind);
  }
}

const Kinds& AllKinds() {
  static const Kinds& all = *[] {
    auto* kinds = new Kinds;
    Add(kCountries, PlaceKind::kCountry, *kinds);
    Add(kCities, PlaceKind::kCity, *kinds);
    Add(kOfCountries, PlaceKind::kOfCountry, *kinds);
    return kinds;
  }();
  return all;
}

}  // namespace

PlaceKind PlaceKindOf(uint64_t lower) {
  const auto found = AllKinds().find(lower);
  return found == AllKinds().end() ? PlaceKind::kNone : found->second;
}

}  // namespace extract
}  // namespace onrecord

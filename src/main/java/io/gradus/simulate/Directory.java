package io.gradus.simulate;

import java.util.List;

/** The words a customer master is made of: regions, industries, names and account managers. */
final class Directory {
  static final List<String> REGIONS =
      List.of("North", "North East", "East", "South East", "South", "South West", "West", "Centre");

  static final List<String> INDUSTRIES =
      List.of(
          "construction",
          "education",
          "health care",
          "hospitality",
          "logistics",
          "manufacturing",
          "public sector",
          "retail trade");

  /** Values that source systems write where they know no customer. */
  static final List<String> PLACEHOLDERS = List.of("nan", "null", "guest", "-1", "unknown", "");

  private static final int OWNERS_PER_REGION = 3;

  private static final List<String> OWNERS =
      List.of(
          "Amal Haddad",
          "Bea Lindqvist",
          "Chen Wei",
          "Dara Okafor",
          "Elif Kaya",
          "Femi Adeyemi",
          "Greta Olsen",
          "Hugo Martin",
          "Ines Duarte",
          "Jonas Weber",
          "Kavya Rao",
          "Luca Bianchi",
          "Mei Lin",
          "Noor Rahman",
          "Olga Petrova",
          "Paul Byrne",
          "Qing Zhao",
          "Rosa Vidal",
          "Sven Berg",
          "Tara Singh",
          "Umar Khan",
          "Vera Novak",
          "Wanda Kowalska",
          "Yusuf Demir");

  private static final List<String> GIVEN =
      List.of(
          "Ada", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Henry", "Ivy", "Jack", "Karin",
          "Leo", "Maria", "Nils", "Olive", "Pedro", "Ruth", "Sam", "Tess", "Victor", "伟", "芳",
          "José", "Zoë");

  private static final List<String> FAMILY =
      List.of(
          "Adams", "Baker", "Carter", "Dubois", "Evans", "Fischer", "Garcia", "Hughes", "Ibrahim",
          "Jensen", "Khan", "Larsen", "Moreau", "Nowak", "O'Brien", "Patel", "Quinn", "Rossi",
          "Schmidt", "Taylor", "Ueda", "Vega", "王", "Zhang");

  private static final List<String> TRADE =
      List.of(
          "Alder",
          "Beacon",
          "Castle",
          "Delta",
          "Elm",
          "Forge",
          "Granite",
          "Harbour",
          "Iron",
          "Juniper",
          "Kestrel",
          "Lantern",
          "Mill",
          "Northgate",
          "Orchard",
          "Pioneer",
          "Quarry",
          "River",
          "Summit",
          "Thornton",
          "Union",
          "Valley",
          "Westfield",
          "York");

  private static final List<String> FORM =
      List.of("Ltd", "Group", "Partners", "Supplies", "Works", "Services", "& Sons", "Trading");

  private Directory() {}

  /** Regions of falling size: the k-th holds customers in proportion to 1/(k+2). */
  static int region(double uniform) {
    double total = 0;
    for (int k = 0; k < REGIONS.size(); k++) {
      total += 1.0 / (k + 2);
    }
    double left = uniform * total;
    int region = 0;
    while (region < REGIONS.size() - 1 && left >= 1.0 / (region + 2)) {
      left -= 1.0 / (region + 2);
      region++;
    }
    return region;
  }

  static String owner(int region, Draws draws) {
    return OWNERS.get(region * OWNERS_PER_REGION + draws.index(OWNERS_PER_REGION));
  }

  static String name(CustomerType type, Draws draws) {
    return type == CustomerType.B2B
        ? pick(TRADE, draws) + " " + pick(TRADE, draws) + " " + pick(FORM, draws)
        : pick(GIVEN, draws) + " " + pick(FAMILY, draws);
  }

  static String pick(List<String> words, Draws draws) {
    return words.get(draws.index(words.size()));
  }
}

"""Words to make people and places of: common French names, with the letters that break naive software."""

from typing import NamedTuple

WOMEN = (
    "Anaïs", "Anne-Sophie", "Aïcha", "Béatrice", "Camille", "Caroline", "Chloé", "Claire", "Delphine", "Éléonore",
    "Élodie", "Emma", "Ève", "Fanny", "Fatou", "Françoise", "Geneviève", "Hélène", "Inès", "Jeanne", "Joëlle", "Julie",
    "Léa", "Lou-Ann", "Louise", "Lucie", "Madeleine", "Maëlys", "Manon", "Margaux", "Marie", "Marie-Thérèse", "Maud",
    "Mélanie", "Monique", "Nadège", "Noémie", "Océane", "Pauline", "Rose", "Sabine", "Salomé", "Simone", "Sophie",
    "Sylvie", "Thaïs", "Valérie", "Yasmine", "Yvette", "Zoé",
)  # fmt: skip
MEN = (
    "Adrien", "Alain", "Antoine", "Aurélien", "Benoît", "Bilal", "Bruno", "Cédric", "Christophe", "Clément", "Corentin",
    "Damien", "Didier", "Dominique", "Éric", "Étienne", "Fabrice", "François", "Gaël", "Georges", "Gilles", "Hugo",
    "Ibrahim", "Jean", "Jean-Baptiste", "Joël", "Jules", "Julien", "Karim", "Kévin", "Léo", "Loïc", "Lucas", "Malo",
    "Marc", "Mathéo", "Maxime", "Michel", "Moïse", "Nicolas", "Noël", "Olivier", "Paul", "Philippe", "Pierre-Yves",
    "Raphaël", "Rémi", "Thomas", "Timéo", "Yann",
)  # fmt: skip
FAMILIES = (
    "Abadie", "Andréani", "Arnaud", "Aubry", "Bailly", "Barbier", "Béguin", "Benali", "Bernard", "Bertrand", "Blanchet",
    "Bœuf", "Bonnet", "Boucher", "Bourgeois", "Brûlé", "Carpentier", "Casanova", "Chevalier", "Cissé", "Colonna",
    "Cœurdoux", "Da Silva", "D’Angelo", "de La Tour", "Delannoy", "Deschamps", "Diallo", "Dubois", "Dupont", "Durand",
    "Étienne", "Fabre", "Faure", "Ferreira", "Fontaine", "Fournier", "Gaillard", "Garcia", "Garnier", "Gérard",
    "Girard", "Gonçalves", "Guérin", "Haÿ", "Hoareau", "Hubert", "Jacquet", "Joly", "Kerloc’h", "Kowalski", "L’Haridon",
    "L’Hôte", "Lacroix", "Lambert", "Laurent", "Lebœuf", "Le Bras", "Leclercq", "Lefèvre", "Le Gall", "Legrand",
    "Lemoine", "Leroy", "Lopez", "Maillot", "Marchand", "Marin", "Martin", "Martinez", "Mercier", "Meunier", "Meyer",
    "Michel", "Moreau", "Morel", "Muller", "Müller", "N’Diaye", "Nguyễn", "Nicolas", "Noël", "Œuvrard", "Olivier",
    "Ould-Ahmed", "Payet", "Pelletier", "Perez", "Perrin", "Petit", "Picard", "Poggi", "Quéré", "Renard", "Renaud",
    "Richard", "Rivière", "Robert", "Robin", "Rodriguez", "Roussel", "Roux", "Saint-Martin", "Santoni", "Schmitt",
    "Simon", "Thévenot", "Thomas", "Traoré", "Vidal", "Vincent", "Weber", "Yılmaz",
)  # fmt: skip
WAYS = ("rue", "avenue", "allée", "place", "chemin", "impasse", "quai", "boulevard")
STREETS = (
    "de l’Église", "de la République", "des Tilleuls", "du Général-de-Gaulle", "Jean-Jaurès", "de la Fosse",
    "des Lilas", "du Moulin", "Victor-Hugo", "de la Gare", "des Écoles", "du Vieux-Port", "Marie-Curie",
    "de l’Île-d’Yeu", "Saint-Michel", "des Œillets",
)  # fmt: skip


class City(NamedTuple):
    """A city with its postcode and a point in degrees (WGS 84)."""

    postcode: str
    name: str
    latitude: float
    longitude: float

    @property
    def department(self) -> str:
        """`2A`, `2B`, `974` or the two first digits."""
        if self.postcode.startswith("20"):
            return "2A" if self.postcode < "20200" else "2B"
        return self.postcode[:3] if self.postcode.startswith("97") else self.postcode[:2]

    @property
    def alsace_moselle(self) -> bool:
        return self.postcode[:2] in {"57", "67", "68"}


# Eight areas of five cities, one after the other.
CITIES = (
    City("56000", "Vannes", 47.658, -2.760), City("35000", "Rennes", 48.117, -1.678),
    City("44000", "Nantes", 47.218, -1.554), City("29200", "Brest", 48.390, -4.486),
    City("49000", "Angers", 47.478, -0.563), City("75011", "Paris", 48.859, 2.379),
    City("93200", "Saint-Denis", 48.936, 2.357), City("91300", "Massy", 48.731, 2.271),
    City("78000", "Versailles", 48.801, 2.130), City("45000", "Orléans", 47.903, 1.909),
    City("67000", "Strasbourg", 48.573, 7.752), City("57000", "Metz", 49.119, 6.176),
    City("68100", "Mulhouse", 47.750, 7.336), City("54000", "Nancy", 48.692, 6.184),
    City("25000", "Besançon", 47.238, 6.024), City("69003", "Lyon", 45.757, 4.852),
    City("38000", "Grenoble", 45.188, 5.724), City("42000", "Saint-Étienne", 45.440, 4.387),
    City("63000", "Clermont-Ferrand", 45.778, 3.087), City("74000", "Annecy", 45.899, 6.129),
    City("13008", "Marseille", 43.263, 5.385), City("34000", "Montpellier", 43.611, 3.877),
    City("06000", "Nice", 43.701, 7.268), City("20000", "Ajaccio", 41.927, 8.737),
    City("20200", "Bastia", 42.697, 9.451), City("33000", "Bordeaux", 44.838, -0.579),
    City("31000", "Toulouse", 43.605, 1.444), City("64000", "Pau", 43.295, -0.371),
    City("17000", "La Rochelle", 46.160, -1.151), City("87000", "Limoges", 45.834, 1.261),
    City("59000", "Lille", 50.637, 3.063), City("62000", "Arras", 50.291, 2.777),
    City("76600", "Le Havre", 49.494, 0.107), City("80000", "Amiens", 49.894, 2.296),
    City("51100", "Reims", 49.258, 4.031), City("97400", "Saint-Denis", -20.879, 55.448),
    City("97200", "Fort-de-France", 14.604, -61.067), City("97110", "Pointe-à-Pitre", 16.241, -61.533),
    City("97300", "Cayenne", 4.938, -52.335), City("72000", "Le Mans", 48.007, 0.199),
)  # fmt: skip
CITIES_PER_AREA = 5
AREAS = len(CITIES) // CITIES_PER_AREA

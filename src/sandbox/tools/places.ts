/**
 * Where generated people come from. No last name occurs in two places, so that a full name occurs
 * once. Phone patterns are well-formed numbers, from a range kept for fiction where the country
 * has one; # is a digit.
 */
export type Place = {
  country: string;
  language: string;
  phone: string;
  firsts: string[];
  lasts: string[];
  streets: string[];
  /** city, region, postal code */
  cities: [string, string, string][];
};

const words = (text: string) => text.split(" ");

export const places: Place[] = [
  {
    country: "United States",
    language: "en",
    phone: "+1 202-555-01##",
    firsts: words(
      "Olivia Marcus Hannah Tyrell Grace Wesley Naomi Curtis Paige Derek Monica Julian",
    ),
    lasts: words(
      "Whitfield Ramsey Calloway Pruitt Hollis Beckett Langley Mercer Tolliver Ashby Dunmore Keating",
    ),
    streets: ["Maple Avenue", "Harbor Street", "Juniper Road", "Mill Lane"],
    cities: [
      ["Portland", "OR", "97205"],
      ["Madison", "WI", "53703"],
      ["Savannah", "GA", "31401"],
    ],
  },
  {
    country: "United Kingdom",
    language: "en",
    phone: "+44 20 7946 0###",
    firsts: words(
      "Imogen Alistair Priya Callum Beatrice Rowan Freya Desmond Harriet Nikhil Edith Gareth",
    ),
    lasts: words(
      "Thackeray Pemberton Ludlow Fairhurst Braithwaite Kendrick Ainsworth Hargreaves Tindall Whitcombe Radcliffe Oakden",
    ),
    streets: ["Chapel Row", "Station Road", "Victoria Terrace", "Orchard Close"],
    cities: [
      ["Leeds", "West Yorkshire", "LS1 4DY"],
      ["Bristol", "Avon", "BS1 5TR"],
      ["Norwich", "Norfolk", "NR2 1TF"],
    ],
  },
  {
    country: "Germany",
    language: "de",
    phone: "+49 30 23125 ###",
    firsts: words(
      "Lena Matthias Jürgen Annika Sebastian Käthe Florian Ulrike Moritz Franziska Björn Greta",
    ),
    lasts: words(
      "Hoffmann Brandt Schäfer Krüger Vogelsang Reinhardt Möller Eisenhardt Steinbach Wagenknecht Lorenz Böhme",
    ),
    streets: ["Lindenstraße", "Bahnhofstraße", "Am Mühlbach", "Goetheplatz"],
    cities: [
      ["Berlin", "Berlin", "10115"],
      ["Leipzig", "Sachsen", "04109"],
      ["Münster", "Nordrhein-Westfalen", "48143"],
    ],
  },
  {
    country: "France",
    language: "fr",
    phone: "+33 1 99 00 ## ##",
    firsts: words(
      "Camille Thibault Élodie Baptiste Margaux Rémi Solène Gaspard Inès Lucien Anaïs Étienne",
    ),
    lasts: words(
      "Lefèvre Montclair Garnier Delacourt Fontanel Chevrier Rousselot Maréchal Beaulieu Vasseur Perrault Giraudet",
    ),
    streets: ["rue des Lilas", "avenue de la Gare", "quai du Port", "place du Marché"],
    cities: [
      ["Nantes", "Pays de la Loire", "44000"],
      ["Lyon", "Auvergne-Rhône-Alpes", "69002"],
      ["Lille", "Hauts-de-France", "59800"],
    ],
  },
  {
    country: "Spain",
    language: "es",
    phone: "+34 910 99# ###",
    firsts: words(
      "Lucía Álvaro Marina Íñigo Carmen Joaquín Noelia Rubén Pilar Gonzalo Sofía Andrés",
    ),
    lasts: words(
      "Castellanos Iturralde Cifuentes Belmonte Quiñones Zubiri Aranda Villalba Peñalver Escribano Larrañaga Morante",
    ),
    streets: ["Calle Mayor", "Avenida del Sol", "Plaza Nueva", "Paseo de Gracia"],
    cities: [
      ["Sevilla", "Andalucía", "41001"],
      ["Bilbao", "País Vasco", "48005"],
      ["Valencia", "Valencia", "46002"],
    ],
  },
  {
    country: "Italy",
    language: "it",
    phone: "+39 06 9994 ####",
    firsts: words(
      "Giulia Lorenzo Chiara Matteo Beatrisa Davide Elisabetta Tommaso Ilaria Riccardo Serena Fabio",
    ),
    lasts: words(
      "Bellandi Mancuso Ferrarini Ricciardi Galvani Tedesco Moretti Santoro Castaldi Pellegrino Zanetti Orsini",
    ),
    streets: ["Via Garibaldi", "Corso Italia", "Via dei Mille", "Piazza Cavour"],
    cities: [
      ["Bologna", "BO", "40121"],
      ["Torino", "TO", "10121"],
      ["Verona", "VR", "37121"],
    ],
  },
  {
    country: "Sweden",
    language: "sv",
    phone: "+46 8 465 004 ##",
    firsts: words("Astrid Oskar Linnéa Viktor Saga Håkan Ebba Gustav Maja Torbjörn Elin Nils"),
    lasts: words(
      "Lindqvist Sjöberg Hedlund Åkerman Nyström Falkenberg Wikström Östlund Dalgren Ekholm Forsgren Rydell",
    ),
    streets: ["Storgatan", "Kyrkogatan", "Björkvägen", "Hamngatan"],
    cities: [
      ["Göteborg", "Västra Götaland", "411 05"],
      ["Uppsala", "Uppsala", "753 20"],
      ["Malmö", "Skåne", "211 22"],
    ],
  },
  {
    country: "Poland",
    language: "pl",
    phone: "+48 22 599 ## ##",
    firsts: words(
      "Zofia Krzysztof Agnieszka Paweł Kinga Wojciech Małgorzata Tomasz Ewelina Łukasz Halina Marek",
    ),
    lasts: words(
      "Wiśniewska Kowalczyk Zieliński Górecka Jabłoński Pawlak Sikora Dąbrowska Mazurek Czarnecki Rutkowska Krawiec",
    ),
    streets: ["ulica Długa", "ulica Polna", "aleja Róż", "plac Wolności"],
    cities: [
      ["Kraków", "małopolskie", "31-042"],
      ["Gdańsk", "pomorskie", "80-831"],
      ["Poznań", "wielkopolskie", "61-767"],
    ],
  },
  {
    country: "Japan",
    language: "ja",
    phone: "+81 3 4999 ####",
    firsts: words("Haruka Kenji Yuki Takashi Aiko Ryota Mizuki Shinji Emi Daichi Naoko Satoshi"),
    lasts: words(
      "Nakamura Fujimoto Takahashi Okabe Ishikawa Matsuda Kobayashi Hoshino Shimizu Morikawa Arakawa Ueda",
    ),
    streets: ["Sakura-dori", "Chuo 2-chome", "Kita-machi", "Minami-dori"],
    cities: [
      ["Kyoto", "Kyoto", "604-8005"],
      ["Sapporo", "Hokkaido", "060-0042"],
      ["Fukuoka", "Fukuoka", "810-0001"],
    ],
  },
  {
    country: "India",
    language: "en",
    phone: "+91 80 4999 ####",
    firsts: words(
      "Ananya Rohan Kavita Arjun Meera Vikram Divya Sanjay Ishita Karthik Lakshmi Farhan",
    ),
    lasts: words(
      "Deshmukh Iyer Chatterjee Banerji Venkatesan Kapoor Malhotra Nambiar Raghavan Sethi Bhattacharya Qureshi",
    ),
    streets: ["MG Road", "Temple Street", "Lake View Road", "Residency Road"],
    cities: [
      ["Bengaluru", "Karnataka", "560001"],
      ["Pune", "Maharashtra", "411001"],
      ["Kochi", "Kerala", "682011"],
    ],
  },
  {
    country: "Brazil",
    language: "pt",
    phone: "+55 11 3999-####",
    firsts: words(
      "Beatriz Thiago Larissa Caio Fernanda João Luana Rafael Camila Otávio Júlia Vinícius",
    ),
    lasts: words(
      "Figueiredo Teixeira Monteiro Azevedo Guimarães Carvalhal Pinheiro Nogueira Sampaio Bittencourt Rezende Vasconcelos",
    ),
    streets: ["Rua das Flores", "Avenida Central", "Rua do Comércio", "Travessa da Paz"],
    cities: [
      ["São Paulo", "SP", "01310-100"],
      ["Curitiba", "PR", "80020-300"],
      ["Recife", "PE", "50030-230"],
    ],
  },
  {
    country: "Kenya",
    language: "en",
    phone: "+254 20 399 ####",
    firsts: words(
      "Wanjiru Kamau Achieng Otieno Njeri Kiprop Amina Mwangi Zawadi Barasa Nekesa Juma",
    ),
    lasts: words(
      "Odhiambo Karanja Cheruiyot Wekesa Mutiso Ndegwa Abdalla Omondi Kipchumba Wairimu Muthoni Simiyu",
    ),
    streets: ["Moi Avenue", "Ngong Road", "Kenyatta Street", "Lakeside Road"],
    cities: [
      ["Nairobi", "Nairobi", "00100"],
      ["Mombasa", "Mombasa", "80100"],
      ["Kisumu", "Kisumu", "40100"],
    ],
  },
];

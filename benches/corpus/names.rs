//! The people, places and topics of the corpus, by number: invented, and composed of a few parts.

const FIRST: [&str; 25] = [
    "Ana",
    "João",
    "Maria",
    "Pedro",
    "Luíza",
    "Carlos",
    "Beatriz",
    "Antônio",
    "Helena",
    "Marcos",
    "Sílvia",
    "Rafael",
    "Cláudia",
    "Eduardo",
    "Marina",
    "Fábio",
    "Júlia",
    "Sérgio",
    "Rosângela",
    "Tomás",
    "Íris",
    "César",
    "Débora",
    "Vítor",
    "Conceição",
];

const LAST: [&str; 20] = [
    "Silva",
    "Souza",
    "Oliveira",
    "Araújo",
    "Gonçalves",
    "Magalhães",
    "Brandão",
    "Figueiredo",
    "Assunção",
    "Teixeira",
    "Nóbrega",
    "Cavalcanti",
    "Ribeiro",
    "Falcão",
    "Guimarães",
    "Monteiro",
    "Pacheco",
    "Simões",
    "Tavares",
    "Vasconcelos",
];

const BEFORE: [&str; 10] =
    ["São", "Santa", "Porto", "Vila", "Nova", "Campo", "Monte", "Ribeirão", "Barra", "Lagoa"];

const BEHIND: [&str; 20] = [
    "Aurora",
    "Tomé",
    "Alegre",
    "Formosa",
    "Grande",
    "Bonito",
    "Claro",
    "Verde",
    "Dourada",
    "Cristina",
    "Helena",
    "Belém",
    "Horizonte",
    "Esperança",
    "Vitória",
    "Jordão",
    "Mirim",
    "Açu",
    "Guaçu",
    "Serrana",
];

/// How many people there are.
pub const PEOPLE: usize = FIRST.len() * LAST.len();

/// How many places there are.
pub const PLACES: usize = BEFORE.len() * BEHIND.len();

/// The topics.
pub const TOPICS: [&str; 40] = [
    "Política",
    "Economia",
    "Justiça",
    "Eleições",
    "Congresso",
    "Supremo",
    "Corrupção",
    "Pandemia",
    "Vacinação",
    "Educação",
    "Ciência",
    "Cultura",
    "Esporte",
    "Futebol",
    "Amazônia",
    "Clima",
    "Mineração",
    "Energia",
    "Petróleo",
    "Indústria",
    "Agricultura",
    "Comércio",
    "Trabalho",
    "Previdência",
    "Impostos",
    "Segurança",
    "Polícia",
    "Defesa",
    "Diplomacia",
    "Migração",
    "Indígenas",
    "Moradia",
    "Transporte",
    "Imprensa",
    "Tecnologia",
    "Internet",
    "Religião",
    "Protestos",
    "Orçamento",
    "Memória",
];

/// The name of a person.
pub fn person(number: usize) -> String {
    format!("{} {}", FIRST[number % FIRST.len()], LAST[number / FIRST.len()])
}

/// The name of a place.
pub fn place(number: usize) -> String {
    format!("{} {}", BEFORE[number % BEFORE.len()], BEHIND[number / BEFORE.len()])
}

/// The name of a topic.
pub fn topic(number: usize) -> String {
    TOPICS[number].to_string()
}

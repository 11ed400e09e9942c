//! The texts of the corpus: words of the news in sentences that mean nothing, marked up as articles are.

use std::fmt::Write;
use std::sync::LazyLock;

use super::chance::{Chance, Shares};

const WORDS: &str = "\
    de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem \
    à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois \
    sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa num nem suas meu às minha \
    têm numa pelos governo presidente ministro congresso senado câmara deputado senadora partido eleição \
    candidato voto urna campanha coligação oposição aliança tribunal supremo justiça juiz procurador \
    denúncia inquérito operação polícia federal investigação prisão delação acordo decreto medida \
    provisória emenda constituição reforma previdência tributária orçamento economia inflação juros \
    banco central dólar real bolsa mercado indústria comércio exportação soja petróleo energia elétrica \
    combustível gasolina greve caminhoneiros sindicato trabalhadores desemprego salário mínimo auxílio \
    emergencial programa social pobreza fome saúde vacina pandemia hospital leito médico enfermeira \
    vírus variante isolamento máscara ciência universidade escola professor estudante pesquisa cultura \
    museu incêndio floresta amazônia desmatamento queimada garimpo indígena terra demarcação clima chuva \
    enchente barragem rompimento lama mineração rio cidade capital prefeito governador estado região \
    nordeste sul sudeste fronteira migração refugiado embaixada diplomacia cúpula tratado guerra paz \
    exército general militar quartel manifestação protesto rua praça multidão imprensa jornal repórter \
    entrevista reportagem documento vazamento mensagem aplicativo rede notícia falsa publicação anúncio \
    declaração discurso coletiva nota oficial comissão parlamentar relatório votação plenário maioria \
    aprovação rejeição veto sanção lei projeto artigo crise escândalo renúncia impeachment mandato posse \
    história memória arquivo linha tempo década século ano mês semana segunda-feira quinta-feira domingo \
    manhã tarde noite hoje ontem amanhã primeiro segundo terceiro novo antigo grande pequeno público \
    privado nacional internacional brasileiro paulista carioca mineiro baiano gaúcho econômico político \
    jurídico técnico anunciou afirmou negou confirmou decidiu aprovou rejeitou publicou enviou recebeu \
    visitou assinou cancelou suspendeu retomou ampliou reduziu cresceu caiu subiu perdeu venceu disse \
    pediu exigiu propôs criticou defendeu acusou investigou prendeu soltou condenou absolveu recorreu \
    determinou autorizou proibiu \
";

/// The words, the most frequent first.
pub fn words() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| WORDS.split_whitespace().collect());
    &ALL
}

/// So many words, with a capital.
pub fn phrase(chance: &mut Chance, shares: &Shares, least: usize, most: usize) -> String {
    let count = chance.between(least, most);
    capitalised(&draw(chance, shares, count).join(" "))
}

/// A whole article.
pub fn body(chance: &mut Chance, shares: &Shares, number: usize) -> String {
    let host = format!("https://jornal{}.example/{number}", number % 37);
    let link = |tail: &str, word: &str| format!("[{word} original]({host}/{tail})");
    let strong: Mark<'_> = &|word| format!("**{word}**");
    let emphasis: Mark<'_> = &|word| format!("*{word}*");
    let plain: Mark<'_> = &str::to_string;
    let mut text = Text { chance, shares, written: String::new() };
    text.paragraph("", &[strong, &|word| link("a", word), plain]);
    text.heading();
    text.paragraph("", &[emphasis, plain, &|word| format!("{word}[^1]")]);
    text.list();
    text.paragraph("> ", &[plain, plain]);
    text.heading();
    text.paragraph("", &[&|word| link("b?x=1&y=2", word), &|word| format!("**{word} *{word}***"), plain]);
    match number % 20 {
        7 => text.table(),
        17 => text.code(),
        _ => {}
    }
    let third: Mark<'_> = match number % 2 {
        1 => &|word| link("c", word),
        _ => &|word| format!("`{word}`"),
    };
    text.paragraph("", &[third, &|word| format!("“{word}” -- {word}..."), plain, plain]);
    text.paragraph("", &[emphasis, plain, plain]);
    text.paragraph("[^1]: ", &[&|word| format!("<{host}/nota> {word}")]);
    text.written
}

/// What is made of the word in the middle of a sentence.
type Mark<'a> = &'a dyn Fn(&str) -> String;

struct Text<'a> {
    chance: &'a mut Chance,
    shares: &'a Shares,
    written: String,
}

impl Text<'_> {
    fn add(&mut self, block: std::fmt::Arguments<'_>) {
        let space = if self.written.is_empty() { "" } else { "\n" };
        writeln!(self.written, "{space}{block}").expect("memory takes everything");
    }

    /// A sentence for each mark.
    fn paragraph(&mut self, before: &str, marks: &[Mark<'_>]) {
        let sentences: Vec<String> =
            marks.iter().map(|mark| sentence(self.chance, self.shares, mark)).collect();
        self.add(format_args!("{before}{}", sentences.join(" ")));
    }

    fn heading(&mut self) {
        let words = phrase(self.chance, self.shares, 3, 6);
        self.add(format_args!("## {words}"));
    }

    fn list(&mut self) {
        let items: Vec<String> =
            (0..4).map(|_| format!("- {}", phrase(self.chance, self.shares, 5, 9))).collect();
        self.add(format_args!("{}", items.join("\n")));
    }

    fn table(&mut self) {
        let mut rows = "| Item | Valor | Nota |\n|---|---:|---|".to_string();
        for _ in 0..4 {
            let [item, note] =
                [(1, 2), (2, 3)].map(|(least, most)| phrase(self.chance, self.shares, least, most));
            let value = self.chance.between(1, 999);
            write!(rows, "\n| {item} | {value} | {note} |").expect("memory takes everything");
        }
        self.add(format_args!("{rows}"));
    }

    fn code(&mut self) {
        let (from, until) = (self.chance.between(2013, 2018), self.chance.between(2019, 2023));
        self.add(format_args!(
            "```sql\nSELECT data, título FROM eventos\n WHERE ano > {from} AND ano < {until}\n ORDER BY data;\n```"
        ));
    }
}

fn sentence(chance: &mut Chance, shares: &Shares, mark: Mark<'_>) -> String {
    let count = chance.between(8, 18);
    let mut words: Vec<String> = draw(chance, shares, count).into_iter().map(str::to_string).collect();
    let middle = count / 2;
    words[middle] = mark(&words[middle]);
    if count > 11 {
        words[middle - 2].push(',');
    }
    format!("{}.", capitalised(&words.join(" ")))
}

fn draw(chance: &mut Chance, shares: &Shares, count: usize) -> Vec<&'static str> {
    (0..count).map(|_| words()[chance.one(shares)]).collect()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

package svasim.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.binding.InvalidInput;
import svasim.scenario.ScenarioExtensions;
import svasim.scenario.StepNames;
import svasim.trace.Kind;

class CatalogueTest {
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");
    private static final Pattern ABBREVIATION = Pattern.compile("\\b[A-Z][A-Z0-9]{2,}\\b");

    private static final String WHERE =
            "write a line in resources/svasim/report/words/*.txt, or in the sentences.txt beside the"
                    + " model's provider";

    private static final Catalogue CATALOGUE =
            new Catalogue(() -> ScenarioExtensions.of(null).models().values());
    private static final Set<String> STEPS =
            StepNames.of(ScenarioExtensions.of(null).models().values()).steps();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldHaveASentenceForEveryKindThatNamesItsFieldsOnly(Kind kind) {
        Sentence sentence = Catalogue.of(kind);

        assertNotNull(sentence);
        assertNotNull(sentence.why(), "why something happens after it");
        for (String part : parts(sentence)) {
            FIELD.matcher(part)
                    .results()
                    .map(field -> field.group(1))
                    .forEach(
                            name ->
                                    assertTrue(
                                            name.equals("subject") || kind.fields().contains(name),
                                            name));
        }
    }

    @Test
    void shouldHaveASentenceForEveryStep() {
        assertEquals(Set.of(), CATALOGUE.withoutSentence(STEPS), WHERE);
    }

    @Test
    void shouldHaveNoSentenceForAStepThatThereIsNot() {
        assertEquals(Set.of(), CATALOGUE.inVain(STEPS), WHERE);
    }

    @Test
    void shouldHaveNoSentenceForAKindThatThereIsNot() {
        Set<String> kinds = new TreeSet<>(SentenceFile.resource("kinds.txt").keySet());
        for (Kind kind : Kind.values()) {
            kinds.remove(kind.name());
            kinds.remove(kind.name() + " translated");
        }

        assertEquals(Set.of(), kinds);
    }

    @Test
    void shouldNameNoFieldsInSentencesOfSteps() {
        CATALOGUE
                .all()
                .forEach(
                        (key, sentence) -> {
                            if (key.indexOf('/') >= 0) {
                                parts(sentence)
                                        .forEach(
                                                part ->
                                                        assertFalse(
                                                                FIELD.matcher(part).find(), key));
                            }
                        });
    }

    @Test
    void shouldUseEveryTermAndNoOther() {
        Set<String> used = new TreeSet<>();
        CATALOGUE.all().values().forEach(s -> parts(s).forEach(p -> used.addAll(Terms.used(p))));

        assertEquals(new TreeSet<>(Terms.known()), used);
    }

    @Test
    void shouldTellASimpleSentenceAsASentence() {
        CATALOGUE
                .all()
                .forEach(
                        (key, sentence) -> {
                            if (sentence.simple() != null) {
                                assertTrue(
                                        sentence.simple().matches("(?s)[\\p{Lu}{<#].*[.!?]"), key);
                            }
                        });
    }

    @Test
    void shouldExplainEveryAbbreviationOfTheSimpleView() {
        Set<String> unexplained = new TreeSet<>();
        for (String unit : Terms.units()) {
            Terms terms = Terms.of(unit);
            for (Sentence sentence : CATALOGUE.all().values()) {
                if (sentence.simple() != null) {
                    ABBREVIATION
                            .matcher(terms.in(sentence.simple()).replaceAll("\\w+_\\w+", ""))
                            .results()
                            .map(word -> word.group())
                            .forEach(unexplained::add);
                }
            }
        }
        String explained = String.join(" ", Glossary.entries().keySet()) + Glossary.entries();
        unexplained.removeIf(explained::contains);

        assertEquals(Set.of(), unexplained);
    }

    @Test
    void shouldExplainWhatTheFieldSpeaksOf() {
        Set<String> needed =
                Set.of("PASID", "ATS", "ATC", "PRI", "IOTLB", "PRG", "SVA", "ENQCMD", "stall");

        assertTrue(Glossary.entries().keySet().containsAll(needed));
        Glossary.entries().values().forEach(text -> assertTrue(text.endsWith("."), text));
    }

    @Test
    void shouldPutTheSameSentenceBelowEachProcedureOfAHead() {
        Map<String, Sentence> read =
                SentenceFile.read("demo", "[a, b c]\n# remark\nstep = It | Simple. | why\n\n");

        Sentence sentence = new Sentence("It", "Simple.", "why");
        assertEquals(Map.of("a/step", sentence, "b c/step", sentence), read);
    }

    @Test
    void shouldKnowAPartThatIsLeftOut() {
        Map<String, Sentence> read = SentenceFile.read("demo", "x = full\ny = full || why\n");

        assertEquals(new Sentence("full", null, null), read.get("x"));
        assertEquals(new Sentence("full", null, "why"), read.get("y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no sentence", "x = ", "x = a | b | c | d", "x =  | simple"})
    void shouldSayWhichLineIsNotUnderstood(String line) {
        InvalidInput wrong =
                assertThrows(
                        InvalidInput.class, () -> SentenceFile.read("demo", "y = good\n" + line));

        assertTrue(wrong.getMessage().startsWith("demo:2:1: expected \"key = full"));
    }

    @Test
    void shouldRefuseASecondSentence() {
        InvalidInput wrong =
                assertThrows(InvalidInput.class, () -> SentenceFile.read("demo", "x = a\nx = b"));

        assertEquals("demo:2:1: \"x\" has a sentence already", wrong.getMessage());
    }

    private static Set<String> parts(Sentence sentence) {
        Set<String> parts = new HashSet<>(List.of(sentence.full()));
        if (sentence.simple() != null) {
            parts.add(sentence.simple());
        }
        if (sentence.why() != null) {
            parts.add(sentence.why());
        }
        return parts;
    }
}

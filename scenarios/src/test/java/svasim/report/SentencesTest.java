package svasim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.trace.Kind;

class SentencesTest {
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldHaveASentenceForEveryKindThatNamesItsFieldsOnly(Kind kind) {
        String sentence = Sentences.of(kind);

        assertNotNull(sentence);
        Matcher field = FIELD.matcher(sentence);
        while (field.find()) {
            String name = field.group(1);
            assertTrue(name.equals("subject") || kind.fields().contains(name), name);
        }
    }

    @Test
    void shouldShowFieldsByTheirSuffix() {
        Seen fault = new Seen(1, 0, 5, Kind.FAULT_RECORDED, 0, 0x71, 0x0108, 0x7000, null);

        assertEquals(
                "fault 0x71 of 01:01.0 at 0x7000 is recorded", Sentences.tell(fault, Namer.NONE));
    }

    @Test
    void shouldUseTheNamesOfTheScenario() {
        Namer namer =
                new Namer() {
                    @Override
                    public String process(long mm) {
                        return "app";
                    }

                    @Override
                    public String device(long requesterId) {
                        return "dsa0";
                    }
                };
        Seen bound = new Seen(1, 0, 5, Kind.BOUND, 0, 3, 0x0108, 1, null);

        assertEquals(
                "PASID 3 is bound: dsa0 may use the memory of app", Sentences.tell(bound, namer));
    }

    @Test
    void shouldRoundTimesDown() {
        assertEquals("0.000 us", Times.micros(999));
        assertEquals("12.345 us", Times.micros(12_345_999));
        assertEquals("12.000001", Times.exactMicros(12_000_001));
    }
}

package svasim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import svasim.report.words.Catalogue;
import svasim.trace.Kind;

class SentencesTest {
    private static final Namer NAMER =
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

    @Test
    void shouldShowFieldsByTheirSuffix() {
        Seen fault = new Seen(1, 0, 5, Kind.FAULT_RECORDED, 0, 0x71, 0x0108, 0x7000, null);

        assertEquals(
                "fault of 01:01.0 (code 71h) at 0x7000 reaches the fault log",
                Sentences.plain(Namer.NONE).tell(fault));
    }

    @Test
    void shouldNameTheAnswerToAPageRequest() {
        assertEquals(
                List.of("success", "invalid request", "response failure"),
                Stream.of(0, 1, 15).map(SentencesTest::answer).toList());
    }

    private static String answer(int code) {
        Seen answered = new Seen(1, 0, 5, Kind.PAGE_GROUP_ANSWERED, 0, 3, 0, code, null);
        String told = in("vtd").full(answered);
        return told.substring(told.indexOf(": ") + 2);
    }

    @Test
    void shouldUseTheNamesOfTheScenario() {
        Seen bound = new Seen(1, 0, 5, Kind.BOUND, 0, 3, 0x0108, 1, null);

        assertEquals(
                "PASID 3 is bound: dsa0 may use the memory of app",
                Sentences.plain(NAMER).tell(bound));
        assertEquals("dsa0 is bound to app", Sentences.plain(NAMER).why(bound));
    }

    @Test
    void shouldUseTheTermsOfTheArchitecture() {
        Seen sent = new Seen(1, 0, 5, Kind.INVALIDATION_SENT, 0, 3, 0x7000, 1, null);

        assertEquals(
                "the device was told to forget translations (device-TLB invalidation descriptor)",
                in("vtd").why(sent));
        assertEquals(
                "the device was told to forget translations (CMD_ATC_INV)", in("smmuv3").why(sent));
        assertEquals(
                "the device was told to forget translations (INVALIDATE_IOTLB_PAGES)",
                in("amdvi").why(sent));
        assertEquals(
                "the device was told to forget translations (device cache command)",
                in("none").why(sent));
    }

    @Test
    void shouldTellAStepByItsNameOrInFull() {
        Seen step = new Seen(1, 0, 5, Kind.STEP, 0, 1, 0, 100, "demo_open/look around");

        assertEquals("demo_open/look around", in("vtd").tell(step));
        assertEquals(
                "demo_open/look around: Step \"look around\" of demo_open.", in("vtd").full(step));
        assertNull(in("vtd").simple(step));
        assertEquals("software has just run the step demo_open/look around", in("vtd").why(step));
    }

    @Test
    void shouldLeaveOutOfTheSimpleViewWhatHasNoSimpleSentence() {
        Seen read = new Seen(1, 0, 5, Kind.WALK_READ, 0, 0x1000, 7, 8, null);
        Seen miss = new Seen(2, 1, 5, Kind.ATC_MISS, 0, 1, 0x7000, 0, null);

        assertNull(in("vtd").simple(read));
        assertTrue(in("vtd").simple(miss).contains("device-TLB"));
        assertTrue(in("smmuv3").simple(miss).contains("ATC"));
    }

    private static Sentences in(String unit) {
        return new Sentences(new Catalogue(List::of), unit, NAMER);
    }

    @Test
    void shouldRoundTimesDown() {
        assertEquals("0.000 us", Times.micros(999));
        assertEquals("12.345 us", Times.micros(12_345_999));
        assertEquals("12.000001", Times.exactMicros(12_000_001));
    }
}

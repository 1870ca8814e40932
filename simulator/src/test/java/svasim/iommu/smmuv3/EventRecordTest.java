package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Records of worked examples, word by word. */
class EventRecordTest {
    private static final int STREAM = 0x3A2A;
    private static final int SUBSTREAM = 0x5123;
    private static final long NEXT_PAGE = 0x00007F3A5C6D8E80L;

    private static void assertWords(EventRecord event, long... words) {
        assertEquals(words[0], event.w0());
        assertEquals(words[1], event.w1());
        assertEquals(words[2], event.w2());
        assertEquals(words[3], event.w3());
    }

    @Test
    void shouldEncodeTranslationFaultOfStage1() {
        Fault fault = Fault.stage1(Event.F_TRANSLATION, Access.READ, NEXT_PAGE);

        assertWords(
                EventRecord.of(fault, STREAM, SUBSTREAM, EventRecord.NO_TAG),
                0x00003A2A05123810L,
                0x0000020800000000L,
                NEXT_PAGE,
                0);
    }

    @Test
    void shouldEncodeStallTag() {
        Fault fault = Fault.stage1(Event.F_TRANSLATION, Access.READ, NEXT_PAGE);

        assertEquals(0x0000020880000017L, EventRecord.of(fault, STREAM, SUBSTREAM, 0x17).w1());
    }

    @Test
    void shouldEncodeAStalledReadLikeACapturedRecord() {
        Fault fault = Fault.stage1(Event.F_TRANSLATION, Access.READ, 0x9F44A0300L);

        assertWords(
                EventRecord.of(fault, 1, 2, 0xB17),
                0x0000000100002810L,
                0x0000020880000B17L,
                0x00000009F44A0300L,
                0);
    }

    @Test
    void shouldEncodePermissionFaultOfStage2() {
        Fault fault =
                new Fault(
                        Event.F_PERMISSION,
                        Access.WRITE,
                        0x7F3A5C6D7E80L,
                        true,
                        Fault.CLASS_INPUT,
                        0x80567E80L,
                        false);

        assertWords(
                EventRecord.of(fault, STREAM, SUBSTREAM, EventRecord.NO_TAG),
                0x00003A2A05123813L,
                0x0000028000000000L,
                0x00007F3A5C6D7E80L,
                0x80567000L);
    }

    @Test
    void shouldTellWhetherATableWasReadOrUpdated() {
        Fault read =
                new Fault(Event.F_PERMISSION, Access.READ, 0, true, Fault.CLASS_TABLE, 0, true);
        Fault update =
                new Fault(Event.F_PERMISSION, Access.READ, 0, true, Fault.CLASS_TABLE, 0, false);

        assertEquals(1, EventRecord.of(read, 1, 2, EventRecord.NO_TAG).w1() >>> 44 & 1);
        assertEquals(0, EventRecord.of(update, 1, 2, EventRecord.NO_TAG).w1() >>> 44 & 1);
    }

    @Test
    void shouldNameSubstreamOfBadSubstreamWithoutSsv() {
        Fault fault = Fault.configuration(Event.C_BAD_SUBSTREAMID, Access.READ, 0x1000);

        assertWords(
                EventRecord.of(fault, STREAM, 0x8123, EventRecord.NO_TAG),
                0x00003A2A08123008L,
                0,
                0,
                0);
    }

    @Test
    void shouldNameOnlyTheStreamOfABadStream() {
        Fault fault = Fault.configuration(Event.C_BAD_STREAMID, Access.READ, 0x1000);

        assertWords(
                EventRecord.of(fault, 0x12345, PasidPrefix.NONE, EventRecord.NO_TAG),
                0x0001234500000002L,
                0,
                0,
                0);
    }

    @Test
    void shouldTellDirectionAndAddressOfForbiddenTranslatedTraffic() {
        Fault fault = Fault.configuration(Event.F_TRANSL_FORBIDDEN, Access.READ, 0x234567E80L);

        assertWords(
                EventRecord.of(fault, STREAM, PasidPrefix.NONE, EventRecord.NO_TAG),
                0x00003A2A00000007L,
                0x0000000800000000L,
                0x0000000234567E80L,
                0);
    }

    @Test
    void shouldTellWhatCouldNotBeFetched() {
        Fault fault = Fault.fetch(Event.F_CD_FETCH, Access.READ, 0x1000, 0xABCDE40L);

        assertEquals(0xABCDE40L, EventRecord.of(fault, 1, 2, EventRecord.NO_TAG).w3());
    }

    @Test
    void shouldTellPrivilegeAndInstructionFetches() {
        int access = Access.EXECUTE | Access.PRIVILEGED;
        Fault fault = Fault.stage1(Event.F_PERMISSION, access, 0x1000);

        assertEquals(
                0b111L << 33, EventRecord.of(fault, 1, 2, EventRecord.NO_TAG).w1() & 0b111L << 33);
    }

    @Test
    void shouldEncodePageRequests() {
        var request =
                new Tlp.PageRequest(
                        STREAM,
                        0x7F3A5C6D7000L,
                        0xA5,
                        true,
                        true,
                        true,
                        new PasidPrefix(SUBSTREAM));

        assertEquals(0xF000512300003A2AL, PriEntry.of(request).word0());
        assertEquals(0x00007F3A5C6D70A5L, PriEntry.of(request).word1());
    }

    @Test
    void shouldEncodeStopMarkers() {
        var marker =
                new Tlp.PageRequest(STREAM, 0, 0, true, false, false, new PasidPrefix(SUBSTREAM));

        assertEquals(0xC000512300003A2AL, PriEntry.of(marker).word0());
        assertEquals(0, PriEntry.of(marker).word1());
    }
}

package svasim.models.rogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;
import static svasim.models.MachineUnderTest.RID;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Tlp;

/** What the function does by itself, seen on its link. */
class RogueDeviceTest {
    private static final long BUFFER = 0x7000_0000_0000L;
    private static final int BYTES = 128;
    private static final int PIECES = BYTES / Page.PIECE;
    private static final int COUNT = 10;

    private final FunctionUnderTest rogue = new FunctionUnderTest();

    private void mapBuffer() {
        rogue.machine().map(PASID, BUFFER, BYTES);
    }

    private void startWriting() {
        rogue.start(Attack.AFTER_RESET, BUFFER, BYTES, COUNT);
        rogue.machine().runFor(FunctionUnderTest.INTERVAL_PS * 5 / 2);
    }

    private List<Tlp.MemoryWrite> writes() {
        return rogue.sent(Tlp.MemoryWrite.class);
    }

    private void copy() {
        rogue.start(Attack.NONE, BUFFER, BYTES, 0);
        rogue.machine().run();
    }

    private void invalidate() {
        rogue.machine().agent().unmap(PASID, BUFFER, RID);
        rogue.machine().run();
    }

    private int completions() {
        return rogue.sent(Tlp.InvalidateCompletion.class).size();
    }

    @Test
    void shouldCopyItsOwnBufferWhenItAttacksNothing() {
        mapBuffer();
        byte[] data = bytes();
        rogue.machine().store(PASID, BUFFER, data);

        copy();

        assertEquals(Outcome.DATA, rogue.outcome());
        assertArrayEquals(data, rogue.machine().load(PASID, BUFFER, BYTES));
        assertEquals(0, count("dev.raw.sent"));
        assertEquals(0, count("dev.leaked"));
    }

    /** Answers to a flood are not for its DMA engine, and those to that are no part of a flood. */
    @Test
    void shouldTellAnswersToItsFloodFromThoseToItsEngine() {
        rogue.machine().agent().hold();
        rogue.start(Attack.NONE, BUFFER, BYTES, 0);
        rogue.machine().run();
        assertEquals(1, rogue.machine().agent().answersOwed());

        rogue.machine().agent().onPageRequest((pasid, page, write) -> present(page));
        rogue.machine().agent().release();
        rogue.machine().run();

        assertEquals(Outcome.DATA, rogue.outcome());
        assertEquals(0, count("dev.page.answers"));

        rogue.start(Attack.PAGE_REQUEST_FLOOD, BUFFER, BYTES, 5);
        rogue.machine().run();

        assertEquals(5, count("dev.page.answers"));
    }

    private int present(long page) {
        rogue.machine().map(PASID, page, 1);
        return Tlp.PageGroupResponse.SUCCESS;
    }

    @Test
    void shouldTellThatItsOwnBufferIsNotThere() {
        copy();

        assertEquals(Outcome.OWN_BUFFER, rogue.outcome());
    }

    @Test
    void shouldWriteAsOftenAsItWasTold() {
        mapBuffer();

        startWriting();
        rogue.machine().run();

        assertEquals(COUNT * PIECES, writes().size());
    }

    @Test
    void shouldGoOnWritingWhenItIsReset() {
        mapBuffer();
        startWriting();
        int before = writes().size();

        rogue.machine().reset();
        rogue.machine().run();

        assertTrue(before < COUNT * PIECES, "it was reset in the midst of its writing");
        assertEquals(COUNT * PIECES, writes().size());
    }

    /** Its registers are reset: who asks is told that nothing is under way. */
    @Test
    void shouldSayThatItIsIdleWhileItGoesOn() {
        mapBuffer();
        startWriting();
        rogue.machine().reset();
        rogue.machine().enable();

        assertEquals(List.of(), rogue.machine().device().waitingFor());
        assertEquals(Outcome.SENT, rogue.outcome());
    }

    @Test
    void shouldChangeMemoryAfterItsReset() {
        mapBuffer();
        byte[] payload = bytes();
        rogue.machine().store(PASID, BUFFER, payload);
        startWriting();
        rogue.machine().reset();
        rogue.machine().store(PASID, BUFFER, new byte[BYTES]);

        rogue.machine().run();

        assertArrayEquals(payload, rogue.machine().load(PASID, BUFFER, BYTES));
    }

    @Test
    void shouldWriteToTheKeptPageWhenItsMappingIsGone() {
        mapBuffer();
        long frame = rogue.machine().agent().physical(PASID, BUFFER);
        rogue.start(Attack.KEEP_TRANSLATION, BUFFER, BYTES, 0);
        rogue.machine().run();
        startWriting();
        rogue.machine().reset();
        rogue.machine().agent().unmap(PASID, BUFFER, RID);
        rogue.forget();

        rogue.machine().run();

        assertTrue(writes().size() > 0);
        for (Tlp.MemoryWrite write : writes()) {
            assertEquals(AddressType.TRANSLATED, write.addressType());
            assertEquals(frame, write.address() & -Page.BYTES);
        }
    }

    /** As many as it was told; the next one is treated as it should be. */
    @Test
    void shouldAnswerNoInvalidationThatItIgnores() {
        mapBuffer();
        rogue.start(Attack.IGNORED_INVALIDATIONS, BUFFER, BYTES, 2);
        rogue.machine().run();

        invalidate();
        invalidate();
        assertEquals(0, completions());

        invalidate();
        assertEquals(1, completions());
    }

    @Test
    void shouldUseWhatAnIgnoredInvalidationShouldHaveTaken() {
        mapBuffer();
        copy();
        rogue.start(Attack.IGNORED_INVALIDATIONS, BUFFER, BYTES, 1);
        rogue.machine().run();
        invalidate();

        copy();
        assertEquals(Outcome.DATA, rogue.outcome());

        invalidate();
        copy();
        assertEquals(Outcome.OWN_BUFFER, rogue.outcome());
    }

    private long count(String name) {
        return rogue.machine().statistics().counters().get(name).value();
    }

    private static byte[] bytes() {
        byte[] data = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            data[i] = (byte) (i * 7 + 1);
        }
        return data;
    }
}

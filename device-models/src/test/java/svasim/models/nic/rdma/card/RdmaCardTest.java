package svasim.models.nic.rdma.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.nic.rdma.card.RdmaUnderTest.NONE;
import static svasim.models.nic.rdma.card.RdmaUnderTest.PAGE;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.rdma.layout.Command;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.models.nic.rdma.layout.MessageCompletion.Status;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.pcie.tlp.Tlp;

/** What the card does with regions, messages, page faults and commands. */
class RdmaCardTest {
    /** Addresses of the process, and those of the device behind them. */
    private static final long FROM = 0x7000_0000_0000L;

    private static final long INTO = 0x7000_0100_0000L;
    private static final long TARGET_FROM = 0x1000_0000;
    private static final long TARGET_INTO = 0x2000_0000;
    private static final long ABSENT = 0x3000_0000;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 2;
    private static final int PAGES = 4;
    private static final int BYTES = (int) (PAGES * PAGE);
    private static final long FIRMWARE_PS = new OnDemandConfig().update().value();

    private final byte[] sent = new byte[BYTES];
    private RdmaUnderTest card;

    @BeforeEach
    void prepare() {
        card = new RdmaUnderTest(2, new OnDemandConfig());
        card.machine().map(NONE, TARGET_FROM, BYTES);
        card.machine().map(NONE, TARGET_INTO, BYTES);
        new Random(1).nextBytes(sent);
        card.machine().store(NONE, TARGET_FROM, sent);
        card.create(SOURCE, 0, FROM, BYTES);
        card.create(DESTINATION, 0, INTO, BYTES);
        card.start(0);
        card.machine().run();
    }

    @Test
    void shouldWriteEachByteOfAMessageAcrossPages() {
        setAll(SOURCE);
        setAll(DESTINATION);

        card.post(0, new WorkRequest(SOURCE, FROM + 77, DESTINATION, INTO + 1234, 9000));
        card.machine().run();

        assertEquals(List.of(Status.SUCCESS), card.completed(0));
        byte[] expected = Arrays.copyOfRange(sent, 77, 9077);
        assertArrayEquals(expected, card.machine().load(NONE, TARGET_INTO + 1234, 9000));
    }

    @Test
    void shouldTellWhichPageOfWhichMessageIsMissing() {
        setAll(DESTINATION);
        setSource(0);
        card.machine().run();

        card.post(0, whole());
        card.machine().runFor(10 * FIRMWARE_PS);

        FaultEvent fault = card.faults().get(0);
        assertEquals(FaultEvent.Cause.WQE, fault.cause());
        assertEquals(SOURCE, fault.key());
        assertEquals(FROM + PAGE, fault.address());
        assertEquals(PAGE, fault.packetBytes());
        assertEquals(BYTES - PAGE, fault.left());
        assertEquals(PAGE, fault.committed());
        assertEquals(List.of(0x41), card.machine().interrupts());
        assertEquals(List.of(), card.completed(0));
    }

    @Test
    void shouldGoOnInTheMiddleOfAMessageOnceItIsResumed() {
        setAll(DESTINATION);
        setSource(0);
        card.machine().run();
        card.post(0, whole());
        card.machine().run();

        for (int page = 1; page < PAGES; page++) {
            setSource(page);
        }
        card.command(Command.resume(card.faults().get(0).token(), false));
        card.machine().run();

        assertEquals(List.of(Status.SUCCESS), card.completed(0));
        assertArrayEquals(sent, card.machine().load(NONE, TARGET_INTO, BYTES));
    }

    @Test
    void shouldAskAgainForAPageThatNobodyHasSet() {
        setAll(DESTINATION);
        card.post(0, whole());
        card.machine().run();
        FaultEvent first = card.faults().get(0);

        card.command(Command.resume(first.token(), false));
        card.machine().run();

        FaultEvent second = card.faults().get(0);
        assertEquals(first.address(), second.address());
        assertTrue(second.token() > first.token());
    }

    @Test
    void shouldFailAMessageAndFlushTheOthersWhenAFaultEndsInAnError() {
        setAll(DESTINATION);
        card.post(0, whole());
        card.post(0, whole());
        card.machine().run();

        card.command(Command.resume(card.faults().get(0).token(), true));
        card.machine().run();
        card.post(0, whole());
        card.machine().run();

        assertEquals(
                List.of(Status.LOCAL_ERROR, Status.FLUSHED, Status.FLUSHED), card.completed(0));
        assertEquals(MessageRegister.ERROR, card.state(0));
    }

    @Test
    void shouldTellTheSenderWhenTheReceiverEndsInAnError() {
        setAll(SOURCE);
        card.post(0, whole());
        card.machine().runFor(10 * FIRMWARE_PS);
        FaultEvent fault = card.faults().get(0);
        assertEquals(FaultEvent.Cause.RDMA, fault.cause());
        assertEquals(INTO, fault.address());

        card.command(Command.resume(fault.token(), true));
        card.machine().run();

        assertEquals(List.of(Status.REMOTE_ERROR), card.completed(0));
    }

    @Test
    void shouldRefuseKeysOfAnotherDomain() {
        setAll(SOURCE);
        setAll(DESTINATION);
        card.start(1);

        card.post(1, whole());
        card.machine().run();

        assertEquals(List.of(Status.LOCAL_ERROR), card.completed(1));
        assertEquals(List.of(), card.faults());
    }

    @Test
    void shouldRefuseToReachBehindTheEndOfARegion() {
        setAll(SOURCE);
        setAll(DESTINATION);

        card.post(0, new WorkRequest(SOURCE, FROM, DESTINATION, INTO + 1, BYTES));
        card.machine().run();

        assertEquals(List.of(Status.REMOTE_ERROR), card.completed(0));
        assertEquals(List.of(), card.faults());
    }

    @Test
    void shouldNotWriteAPageThatItMayOnlyRead() {
        setAll(SOURCE);
        for (int page = 0; page < PAGES; page++) {
            card.set(DESTINATION, INTO + page * PAGE, TARGET_INTO + page * PAGE, false);
        }
        card.machine().run();
        byte[] before = card.machine().load(NONE, TARGET_INTO, BYTES);

        card.post(0, whole());
        card.machine().runFor(10 * FIRMWARE_PS);

        assertEquals(FaultEvent.Cause.RDMA, card.faults().get(0).cause());
        assertArrayEquals(before, card.machine().load(NONE, TARGET_INTO, BYTES));
    }

    /** The read waits in the IOMMU; so does the removal for the read. */
    @Test
    void shouldEndARemovalOnlyWhenNoAccessUsesTheEntries() {
        setAll(DESTINATION);
        card.machine().agent().stall();
        card.machine().agent().hold();
        card.machine().agent().onPageRequest(this::makePresent);
        card.set(SOURCE, FROM, ABSENT, false);
        card.machine().runFor(2 * FIRMWARE_PS);
        card.post(0, new WorkRequest(SOURCE, FROM, DESTINATION, INTO, 64));
        card.machine().runFor(FIRMWARE_PS);

        card.command(Command.remove(SOURCE, FROM, BYTES));
        card.machine().runFor(10 * FIRMWARE_PS);
        assertFalse(card.isDone());

        card.machine().agent().release();
        card.machine().run();
        assertTrue(card.isDone());
    }

    private int makePresent(int pasid, long page, boolean write) {
        card.machine().map(pasid, page, 1);
        return Tlp.PageGroupResponse.SUCCESS;
    }

    @Test
    void shouldForgetKeysAndQueuesAtReset() {
        setAll(SOURCE);
        setAll(DESTINATION);
        card.machine().run();
        card.machine().reset();
        card.machine().enable();
        card.setUp();
        card.start(0);

        card.post(0, whole());
        card.machine().run();

        assertEquals(List.of(Status.LOCAL_ERROR), card.completed(0));
    }

    @Test
    void shouldIgnoreCommandsThatMakeNoSense() {
        card.command(Command.set(99, FROM, 1, 0x21_0000));
        card.command(Command.remove(SOURCE, FROM - PAGE, PAGE));
        card.command(Command.resume(12345, false));
        card.command(Command.destroy(99));
        card.command(Command.create(7, FROM + 1, PAGE, 0, 0));
        card.machine().run();

        assertTrue(card.isDone());
        assertEquals(List.of(), card.machine().device().waitingFor());
    }

    private static WorkRequest whole() {
        return new WorkRequest(SOURCE, FROM, DESTINATION, INTO, BYTES);
    }

    private void setSource(int page) {
        card.set(SOURCE, FROM + page * PAGE, TARGET_FROM + page * PAGE, false);
    }

    private void setAll(int key) {
        for (int page = 0; page < PAGES; page++) {
            if (key == SOURCE) {
                setSource(page);
            } else {
                card.set(key, INTO + page * PAGE, TARGET_INTO + page * PAGE, true);
            }
        }
        card.machine().run();
    }
}

package svasim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.PageRequestBacklog;
import svasim.kernel.Kernel;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Each invariant is shown a story that keeps it and one that breaks it. */
class CheckerTest {
    /** Numbers of the catalogue: I-01 to I-08, I-10 to I-14, and so on. */
    private static final int CATALOGUE = 8 + 5 + 6 + 8 + 8 + 6 + 3 + 4;

    private static final int DEVICE = 0x3B01;
    private static final int PASID = 5;
    private static final int MM = 1;
    private static final int OTHER_MM = 2;
    private static final long ROOT = 0x7000;
    private static final long VA = 0x7F00_0000_0000L;

    private final Kernel kernel = new Kernel();
    private final Trace trace = new Trace(kernel);
    private final Frames frames = new Frames(new PhysicalMemory(), 0x10_0000, trace);
    private final FakeMachine machine = new FakeMachine();
    private final Checker checker = new Checker(kernel, trace, machine, Bounds.defaults());
    private final int lane = trace.lane("test");

    @BeforeEach
    void listen() {
        trace.add(checker);
    }

    /** Tables and caches that a test fills by hand. */
    private final class FakeMachine implements Probes {
        long deviceRoot = NO_ROOT;
        Explanation tables = new Explanation(0x71, 0, 12, 0, 0, -1);
        final List<Object[]> cached = new ArrayList<>();
        final ConfigurationSpace configuration = Functions.allOn();
        PageRequestBacklog backlog = PageRequestBacklog.NONE;

        @Override
        public Frames frames() {
            return frames;
        }

        @Override
        public int functions() {
            return 1;
        }

        @Override
        public int requesterId(int function) {
            return DEVICE;
        }

        @Override
        public void visitTranslations(CachedTranslationVisitor visitor) {
            for (Object[] entry : cached) {
                visitor.entry(DEVICE, PASID, VA, 12, (long) entry[0], (int) entry[1]);
            }
        }

        @Override
        public Explanation explain(int requesterId, int pasid, long iova, int access) {
            return tables;
        }

        @Override
        public long rootOf(int requesterId, int pasid) {
            return deviceRoot;
        }

        @Override
        public ConfigurationSpace configuration(int requesterId) {
            return configuration;
        }

        @Override
        public PageRequestBacklog pageRequests() {
            return backlog;
        }

        @Override
        public long rootOfMm(int mm) {
            return mm == MM ? ROOT : ROOT + 0x1000;
        }
    }

    @Test
    void shouldAcceptDmaToTheFrameThatWasTranslated() {
        long frame = frames.allocate(FrameUse.PAGE, MM);

        translated(frame);
        trace.tell(Kind.DMA_WRITE, lane, frame + 0x40, 64, DEVICE);

        assertKept();
    }

    @Test
    void shouldFindDmaToAFrameThatWasFreed() {
        long frame = frames.allocate(FrameUse.PAGE, MM);

        translated(frame);
        frames.free(frame);
        trace.tell(Kind.DMA_WRITE, lane, frame + 0x40, 64, DEVICE);

        assertBroken("I-01");
        assertEquals(frame, checker.violations().get(0).finding().frame());
        assertEquals(DEVICE, checker.violations().get(0).finding().requesterId());
    }

    @Test
    void shouldFindDmaToAFrameThatHasANewOwner() {
        long frame = frames.allocate(FrameUse.PAGE, MM);

        translated(frame);
        frames.free(frame);
        assertEquals(frame, frames.allocate(FrameUse.PAGE, OTHER_MM));
        trace.tell(Kind.DMA_READ, lane, frame, 4, DEVICE);

        assertBroken("I-01");
    }

    @Test
    void shouldNotTakeATranslatedRequestForANewTranslation() {
        long frame = frames.allocate(FrameUse.PAGE, MM);
        Tlp write =
                new Tlp.MemoryWrite(
                        DEVICE,
                        frame,
                        new byte[4],
                        AddressType.TRANSLATED,
                        null,
                        Attributes.DEFAULT);

        translated(frame);
        frames.free(frame);
        frames.allocate(FrameUse.PAGE, OTHER_MM);
        trace.tell(Kind.TRANSLATED, lane, PasidPrefix.NONE, frame, frame, write);
        trace.tell(Kind.DMA_WRITE, lane, frame, 4, DEVICE);

        assertBroken("I-01");
    }

    @Test
    void shouldFindTheSecondFrameOfAnAccess() {
        long first = frames.allocateContiguous(FrameUse.PAGE, MM, 2);

        translated(first);
        translated(first + PhysicalMemory.FRAME_BYTES);
        frames.free(first + PhysicalMemory.FRAME_BYTES);
        trace.tell(Kind.DMA_READ, lane, first + 0xFC0, 128, DEVICE);

        assertBroken("I-01");
    }

    @Test
    void shouldFindAStaleTranslationWhenTheRangeIsInvalidated() {
        machine.deviceRoot = ROOT;
        machine.cached.add(new Object[] {0x5000L, Access.READ});

        trace.tell(Kind.RANGE_INVALIDATED, lane, MM, VA, VA + 0x1000);

        assertBroken("I-02");
    }

    @Test
    void shouldAcceptACachedTranslationThatTheTablesStillGive() {
        machine.deviceRoot = ROOT;
        machine.tables = new Explanation(Explanation.NONE, 0x5000, 12, Access.READ, 1, 1);
        machine.cached.add(new Object[] {0x5000L, Access.READ});

        trace.tell(Kind.RANGE_INVALIDATED, lane, MM, VA, VA + 0x1000);

        assertKept();
    }

    @Test
    void shouldFindACachedPermissionThatTheTablesNoLongerGrant() {
        machine.deviceRoot = ROOT;
        machine.tables = new Explanation(Explanation.NONE, 0x5000, 12, Access.READ, 1, 1);
        machine.cached.add(new Object[] {0x5000L, Access.READ | Access.WRITE});

        trace.tell(Kind.RANGE_INVALIDATED, lane, MM, VA, VA + 0x1000);

        assertBroken("I-03");
    }

    @Test
    void shouldLeaveOtherRangesAlone() {
        machine.deviceRoot = ROOT;
        machine.cached.add(new Object[] {0x5000L, Access.READ});

        trace.tell(Kind.RANGE_INVALIDATED, lane, MM, VA + 0x1000, VA + 0x2000);

        assertKept();
    }

    @Test
    void shouldFindANumberWithTwoOwners() {
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, OTHER_MM, 0);

        assertBroken("I-10");
    }

    @Test
    void shouldFindAnEntryThatPointsToAnotherAddressSpace() {
        trace.tell(Kind.TARGET_ADDED, lane, PASID, DEVICE, OTHER_MM);
        machine.deviceRoot = ROOT;

        trace.tell(Kind.BOUND, lane, PASID, DEVICE, OTHER_MM);

        assertBroken("I-10");
    }

    @Test
    void shouldFindAnUnbindThatHitsTheNextOwner() {
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, OTHER_MM, 0);
        trace.tell(Kind.UNBOUND, lane, PASID, DEVICE, MM);

        assertBroken("I-10");
    }

    @Test
    void shouldAcceptANumberThatWasGivenBack() {
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);
        trace.tell(Kind.PASID_FREED, lane, PASID, MM, 0);
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, OTHER_MM, 0);

        assertKept();
    }

    @Test
    void shouldFindANumberHandedOutWhileATableKnowsIt() {
        machine.deviceRoot = ROOT;

        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);

        assertBroken("I-11");
    }

    @Test
    void shouldFindANumberHandedOutWhileACacheKnowsIt() {
        machine.cached.add(new Object[] {0x5000L, Access.READ});

        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);

        assertBroken("I-11");
    }

    @Test
    void shouldFindANumberHandedOutWhileATlpCarriesIt() {
        Tlp read =
                new Tlp.MemoryRead(
                        DEVICE,
                        1,
                        VA,
                        64,
                        AddressType.UNTRANSLATED,
                        new PasidPrefix(PASID),
                        Attributes.DEFAULT);
        trace.tell(Kind.TLP_SENT, lane, 28, 0, 0, read);
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);

        assertBroken("I-11");
    }

    @Test
    void shouldFindANumberHandedOutWhileAPageRequestIsOpen() {
        PageRequestRecord.of(true).sendOn(trace, lane);
        trace.tell(Kind.TLP_RECEIVED, lane, 28, 0, 0, PageRequestRecord.LAST);
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);

        assertBroken("I-11");
    }

    @Test
    void shouldFindANumberHandedOutWhileABondIsLeft() {
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);
        bind();
        machine.deviceRoot = Probes.NO_ROOT;
        trace.tell(Kind.PASID_FREED, lane, PASID, MM, 0);
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, OTHER_MM, 0);

        assertBroken("I-50", "I-11");
    }

    @Test
    void shouldAcceptTheSameNumberInAnotherSpace() {
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);
        bind();
        machine.deviceRoot = Probes.NO_ROOT;
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, OTHER_MM, 1);

        assertKept();
    }

    @Test
    void shouldFindANumberThatIsNeverGivenBack() {
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);
        trace.tell(Kind.PASID_ALLOCATED, lane, PASID + 1, OTHER_MM, 0);
        trace.tell(Kind.PASID_FREED, lane, PASID + 1, OTHER_MM, 0);
        assertKept();

        checker.atEnd();

        assertBroken("I-14");
        assertEquals(PASID, checker.violations().get(0).finding().pasid());
    }

    @Test
    void shouldFindACircleOfReferencesWhenItCloses() {
        trace.tell(Kind.REFERENCE_ADDED, lane, 1, 2, 0, "bond holds mm_users");
        trace.tell(Kind.REFERENCE_ADDED, lane, 2, 3, 0, "mm holds VMA");
        assertKept();

        trace.tell(Kind.REFERENCE_ADDED, lane, 3, 1, 0, "file holds bond");

        assertBroken("I-20");
    }

    @Test
    void shouldForgetReferencesThatWereDropped() {
        trace.tell(Kind.REFERENCE_ADDED, lane, 1, 2, 0, "bond holds mm_users");
        trace.tell(Kind.REFERENCE_REMOVED, lane, 1, 2, 0, "bond holds mm_users");
        trace.tell(Kind.REFERENCE_ADDED, lane, 2, 1, 0, "mm holds bond");

        assertKept();
    }

    @Test
    void shouldAcceptOneResponseForAGroupOfTwoRequests() {
        PageRequestRecord.of(false).sendOn(trace, lane);
        PageRequestRecord.of(true).sendOn(trace, lane);
        respond();

        checker.atEnd();
        assertKept();
    }

    @Test
    void shouldCountAPageRequestThatASwitchSendsOnOnce() {
        PageRequestRecord.of(true).sendOn(trace, lane);
        trace.tell(Kind.TLP_SENT, lane, 28, 0, 1, PageRequestRecord.LAST);
        respond();

        checker.atEnd();
        assertKept();
    }

    @Test
    void shouldFindARequestWithPasidThatASwitchSendsToAPeer() {
        trace.tell(Kind.SENT_TO_PEER, lane, PASID, 0x1000, DEVICE);

        assertBroken("I-61");
    }

    @Test
    void shouldNotMindARequestWithoutPasidThatASwitchSendsToAPeer() {
        trace.tell(Kind.SENT_TO_PEER, lane, -1, 0x1000, DEVICE);

        assertKept();
    }

    @Test
    void shouldFindASecondResponse() {
        PageRequestRecord.of(true).sendOn(trace, lane);
        respond();
        respond();

        assertBroken("I-30");
    }

    @Test
    void shouldFindAGroupThatIsNeverAnswered() {
        PageRequestRecord.of(true).sendOn(trace, lane);
        assertKept();

        checker.atEnd();

        assertBroken("I-30");
    }

    @Test
    void shouldFindAPageRequestThatOutlivesItsBond() {
        PageRequestRecord.of(true).sendOn(trace, lane);
        trace.tell(Kind.UNBOUND, lane, PASID, DEVICE, MM);

        assertBroken("I-33");
    }

    @Test
    void shouldAcceptAnUnbindAfterTheLastResponse() {
        PageRequestRecord.of(true).sendOn(trace, lane);
        respond();
        trace.tell(Kind.UNBOUND, lane, PASID, DEVICE, MM);

        assertKept();
    }

    @Test
    void shouldFindAPageThatIsFreedBeforeTheInvalidationReturns() {
        bind();
        long frame = frames.allocate(FrameUse.PAGE, MM);
        trace.tell(Kind.PAGE_UNMAPPED, lane, MM, VA, frame);
        frames.free(frame);

        assertBroken("I-55");
    }

    @Test
    void shouldAcceptAPageThatIsFreedAfterTheInvalidation() {
        bind();
        long frame = frames.allocate(FrameUse.PAGE, MM);
        trace.tell(Kind.PAGE_UNMAPPED, lane, MM, VA, frame);
        trace.tell(Kind.RANGE_INVALIDATED, lane, MM, VA, VA + 0x1000);
        frames.free(frame);

        assertKept();
    }

    @Test
    void shouldAcceptPagesThatAreFreedAfterTheCut() {
        bind();
        trace.tell(Kind.MM_EXITING, lane, MM, 0, 0);
        machine.deviceRoot = Probes.NO_ROOT;
        trace.tell(Kind.CUT, lane, PASID, DEVICE, MM);
        long frame = frames.allocate(FrameUse.PAGE, MM);
        trace.tell(Kind.PAGE_UNMAPPED, lane, MM, VA, frame);
        frames.free(frame);

        assertKept();
    }

    @Test
    void shouldKeepTheObservationsThatLedToAViolation() {
        trace.tell(Kind.REFERENCE_ADDED, lane, 1, 2, 0, "first");
        trace.tell(Kind.REFERENCE_ADDED, lane, 2, 1, 0, "second");

        List<Observation> around = checker.violations().get(0).around();

        assertEquals(
                List.of("first", "second"), around.stream().map(Observation::subject).toList());
    }

    @Test
    void shouldReportTheSameFindingOnce() {
        long frame = frames.allocate(FrameUse.PAGE, MM);
        translated(frame);
        frames.free(frame);
        trace.tell(Kind.DMA_READ, lane, frame, 4, DEVICE);
        trace.tell(Kind.DMA_READ, lane, frame + 64, 4, DEVICE);

        assertEquals(1, checker.violations().size());
    }

    @Test
    void shouldListEveryInvariantWithItsStatement() {
        List<String> numbers = Catalogue.entries().stream().map(Catalogue.Entry::id).toList();
        assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
        assertEquals(CATALOGUE, numbers.size());
        assertTrue(Catalogue.entries().stream().allMatch(e -> e.statement().endsWith(".")));
    }

    private void translated(long frame) {
        machine.deviceRoot = Probes.NO_ROOT;
        trace.tell(Kind.TARGET_ADDED, lane, PASID, DEVICE, MM);
        machine.deviceRoot = ROOT;
        Tlp request =
                new Tlp.MemoryRead(
                        DEVICE,
                        1,
                        VA,
                        64,
                        AddressType.UNTRANSLATED,
                        new PasidPrefix(PASID),
                        Attributes.DEFAULT);
        trace.tell(Kind.TRANSLATED, lane, PASID, VA, frame, request);
    }

    private void bind() {
        trace.tell(Kind.TARGET_ADDED, lane, PASID, DEVICE, MM);
        machine.deviceRoot = ROOT;
        trace.tell(Kind.BOUND, lane, PASID, DEVICE, MM);
    }

    private void respond() {
        Tlp response =
                new Tlp.PageGroupResponse(
                        8,
                        DEVICE,
                        PageRequestRecord.INDEX,
                        Tlp.PageGroupResponse.SUCCESS,
                        new PasidPrefix(PASID));
        trace.tell(Kind.TLP_SENT, lane, 28, 0, 0, response);
    }

    private void assertKept() {
        assertEquals(List.of(), checker.violations());
    }

    private void assertBroken(String... invariants) {
        assertEquals(
                List.of(invariants),
                checker.violations().stream().map(Violation::invariant).distinct().toList());
    }

    /** Two page requests of one group, as single TLPs that may pass several ports. */
    private record PageRequestRecord(Tlp.PageRequest request) {
        static final int INDEX = 0x15;
        static final Tlp.PageRequest LAST = make(true);
        static final Tlp.PageRequest FIRST = make(false);

        static PageRequestRecord of(boolean last) {
            return new PageRequestRecord(last ? LAST : FIRST);
        }

        void sendOn(Trace trace, int lane) {
            trace.tell(Kind.TLP_SENT, lane, 28, 0, 0, request);
        }

        private static Tlp.PageRequest make(boolean last) {
            return new Tlp.PageRequest(DEVICE, VA, INDEX, last, true, true, new PasidPrefix(PASID));
        }
    }
}

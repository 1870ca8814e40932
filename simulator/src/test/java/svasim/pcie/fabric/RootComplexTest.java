package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.pcie.fabric.RootComplexConfig.DataPlace;
import svasim.pcie.link.LinkConfig;
import svasim.pcie.link.Serialiser;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.AtomicOperation;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.IoRequest;
import svasim.pcie.tlp.LockedRead;
import svasim.pcie.tlp.Message;
import svasim.pcie.tlp.MessageCode;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

class RootComplexTest {
    private static final PasidPrefix PASID = new PasidPrefix(7);
    private static final long MSI = 0xFEE0_1000L;

    private final FabricRig rig = FabricRig.plain();

    @Test
    void shouldAnswerAReadWithTheBytesOfMemory() {
        rig.memory.writeLong(0x1000, 0x1122_3344_5566_7788L);

        rig.send(Packet.read(5, 0x1001, 3));
        rig.run();

        Tlp.Completion answer = rig.completion(0);
        assertArrayEquals(new byte[] {0x77, 0x66, 0x55}, answer.data());
        assertEquals(5, answer.tag());
        assertEquals(3, answer.byteCount());
        assertEquals(1, answer.lowerAddress());
        assertEquals(List.of("DMA_READ 1001"), rig.happened);
    }

    @Test
    void shouldCutTheAnswerAtWhatTheFunctionTakes() {
        rig.send(Packet.read(1, 0x1004, 256));
        rig.run();

        assertEquals(3, rig.received.size());
        assertPiece(rig.completion(0), 124, 256, 0x04);
        assertPiece(rig.completion(1), 128, 132, 0x00);
        assertPiece(rig.completion(2), 4, 4, 0x00);
    }

    private static void assertPiece(Tlp.Completion piece, int bytes, int owed, int lower) {
        assertEquals(bytes, piece.data().length);
        assertEquals(owed, piece.byteCount());
        assertEquals(lower, piece.lowerAddress());
    }

    @Test
    void shouldAnswerAZeroLengthReadWithOneByteOfNothing() {
        rig.send(Packet.write(0x2000, 1));
        rig.send(Packet.read(1, 0x1000, 0));
        rig.run();

        assertEquals(1, rig.completion(0).byteCount());
        assertEquals(List.of("DMA_WRITE 2000"), rig.happened, "it flushes and reads nothing");
    }

    @Test
    void shouldReadAtTheTranslatedAddress() {
        rig.answerMyself = true;
        rig.memory.writeLong(0x8000, 0x42);
        rig.send(Packet.read(1, 0x1000, 8));
        rig.run();

        rig.question(0).translated(0x8000);
        rig.run();

        assertEquals(0x42, rig.completion(0).data()[0]);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompletionStatus.class,
            names = {"UNSUPPORTED_REQUEST", "COMPLETER_ABORT"})
    void shouldPassARefusalOnToTheReader(CompletionStatus status) {
        rig.answerMyself = true;
        rig.send(Packet.read(1, 0x1003, 10));
        rig.run();

        rig.question(0).refused(status);
        rig.run();

        assertEquals(status, rig.completion(0).status());
        assertEquals(0, rig.completion(0).data().length);
        assertEquals(10, rig.completion(0).byteCount());
        assertEquals(3, rig.completion(0).lowerAddress());
    }

    @Test
    void shouldCarryOutAnAtomicOperationAndAnswerWithWhatWasThere() {
        rig.memory.writeLong(0x1000, 41);
        rig.send(atomic(Attributes.DEFAULT));
        rig.run();

        assertEquals(42, rig.memory.readLong(0x1000));
        assertArrayEquals(new byte[] {41, 0, 0, 0}, rig.completion(0).data());
        assertEquals(4, rig.completion(0).byteCount());
        assertEquals(List.of("DMA_READ 1000", "DMA_WRITE 1000"), rig.happened);
    }

    @Test
    void shouldRefuseAnAtomicOperationWithPoisonedOperands() {
        rig.send(atomic(Attributes.DEFAULT.withPoison(true)));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, rig.completion(0).status());
        assertFalse(rig.completion(0).attributes().poisoned());
        assertEquals(0, rig.memory.readLong(0x1000));
    }

    private static Tlp atomic(Attributes attributes) {
        return new AtomicRequest(
                Packet.DEVICE,
                1,
                AtomicOperation.FETCH_ADD,
                0x1000,
                new byte[] {1, 0, 0, 0},
                AddressType.UNTRANSLATED,
                null,
                attributes);
    }

    @Test
    void shouldNotWritePoisonedData() {
        rig.send(
                new Tlp.MemoryWrite(
                        Packet.DEVICE,
                        0x1000,
                        new byte[] {1, 2, 3, 4},
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT.withPoison(true)));
        rig.run();

        assertEquals(List.of("dropped POISONED"), rig.happened);
        assertEquals(0, rig.memory.readLong(0x1000));
        assertTrue(rig.drains());
    }

    @Test
    void shouldAnswerWhatOnlyTheHostMaySendWithUnsupportedRequest() {
        rig.send(new IoRequest.Read(Packet.DEVICE, 1, 0xCF8, 4));
        rig.send(new LockedRead(Packet.DEVICE, 2, 0x1000, 4, Attributes.DEFAULT));
        rig.send(Message.plain(Packet.DEVICE, MessageCode.PM_PME));
        rig.run();

        assertEquals(2, rig.received.size());
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, rig.completion(0).status());
        assertEquals(2, rig.completion(1).tag());
        assertEquals(List.of("dropped UNSUPPORTED_REQUEST"), rig.happened);
    }

    @Test
    void shouldReadZeroesWhenRefusedWithSuccess() {
        rig.answerMyself = true;
        rig.memory.writeLong(0x1000, -1);
        rig.send(Packet.read(1, 0x1000, 8));
        rig.send(Packet.write(0x1000, 1));
        rig.run();

        rig.question(0).refused(CompletionStatus.SUCCESS);
        rig.question(1).refused(CompletionStatus.SUCCESS);
        rig.run();

        assertArrayEquals(new byte[8], rig.completion(0).data());
        assertEquals(-1, rig.memory.readLong(0x1000), "the write is ignored");
        assertEquals(List.of(), rig.happened);
    }

    @Test
    void shouldDropARefusedWrite() {
        rig.answerMyself = true;
        rig.send(Packet.write(0x1000, 1));
        rig.run();

        rig.question(0).refused(CompletionStatus.UNSUPPORTED_REQUEST);

        assertEquals(List.of("dropped REFUSED"), rig.happened);
    }

    @Test
    void shouldNotSupportRequestsToNowhere() {
        rig.send(Packet.read(1, FabricRig.MEMORY_END, 8));
        rig.send(Packet.write(FabricRig.MEMORY_END, 8));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, rig.completion(0).status());
        assertEquals(List.of("dropped REFUSED"), rig.happened);
    }

    @Test
    void shouldNotSupportTheReservedAddressType() {
        rig.send(Packet.read(1, 0x1000, 8, AddressType.RESERVED));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, rig.completion(0).status());
        assertEquals(0, rig.questions.size());
    }

    @Test
    void shouldKeepWritesInOrderThoughTranslationsAreNot() {
        rig.answerMyself = true;
        rig.send(Packet.write(0x1000, 1));
        rig.send(Packet.write(0x2000, 2));
        rig.run();

        rig.question(1).translated(0x2000);
        rig.run();
        assertEquals(List.of(), rig.happened);

        rig.question(0).translated(0x1000);
        rig.run();
        assertEquals(List.of("DMA_WRITE 1000", "DMA_WRITE 2000"), rig.happened);
    }

    @Test
    void shouldCarryOutAReadBehindEarlierWritesOnly() {
        rig.answerMyself = true;
        rig.send(Packet.write(0x1000, 1));
        rig.send(Packet.read(1, 0x1000, 1));
        rig.send(Packet.write(0x1000, 2));
        rig.run();

        rig.question(1).translated(0x1000);
        rig.run();
        assertEquals(0, rig.received.size(), "the first write is still being translated");

        rig.question(0).translated(0x1000);
        rig.run();
        assertEquals(1, rig.completion(0).data()[0]);
        assertEquals(List.of("DMA_WRITE 1000", "DMA_READ 1000"), rig.happened);
    }

    @Test
    void shouldRaiseInterruptsAndDeliverMessagesBehindEarlierWrites() {
        rig.answerMyself = true;
        rig.send(Packet.write(0x1000, 1));
        rig.send(Packet.write(MSI, 0x21, 0x40, 0, 0));
        rig.send(Packet.page(0x5000, 1));
        rig.send(
                new Tlp.InvalidateCompletion(
                        Packet.DEVICE, Packet.AGENT, 1, 1, Attributes.DEFAULT));
        rig.run();
        assertEquals(List.of(), rig.happened);

        rig.question(0).translated(0x1000);
        rig.run();

        assertEquals(
                List.of(
                        "DMA_WRITE 1000",
                        "interrupt 4021",
                        "agent PageRequest",
                        "agent InvalidateCompletion"),
                rig.happened);
    }

    @Test
    void shouldTranslateAWriteWithPasidToTheInterruptRange() {
        rig.answerMyself = true;
        rig.send(Packet.write(MSI, new byte[4], PASID));
        rig.run();

        assertEquals(1, rig.questions.size());
        assertEquals(List.of(), rig.happened);
    }

    @Test
    void shouldHandTranslationRequestsToTheAgentAtOnce() {
        rig.answerMyself = true;
        rig.send(Packet.write(0x1000, 1));
        rig.send(Packet.translation(9, 0x7000));
        rig.run();

        assertEquals(List.of("agent TranslationRequest"), rig.happened);
    }

    @Test
    void shouldTakeRequestAndMemoryAndCompletionTime() {
        FabricRig cold = FabricRig.plain();
        FabricRig warm = new FabricRig(reads(DataPlace.LLC), new RootPortConfig(), true);

        long difference = cold.memoryConfig.dram().value() - cold.memoryConfig.llc().value();
        assertEquals(difference, answerPs(cold) - answerPs(warm));

        RootComplexConfig config = new RootComplexConfig();
        LinkConfig link = new LinkConfig();
        Serialiser wire = new Serialiser(link.generation(), link.lanes());
        assertEquals(
                wire.timePs(20)
                        + link.flight().value()
                        + config.request().value()
                        + cold.memoryConfig.dram().value()
                        + config.completion().value()
                        + wire.timePs(20 + 64)
                        + link.flight().value(),
                answerPs(FabricRig.plain()));
    }

    private static RootComplexConfig reads(DataPlace place) {
        return new RootComplexConfig(
                null, null, null, place, null, null, null, null, null, null, null, null, null);
    }

    private static long answerPs(FabricRig rig) {
        rig.send(Packet.read(1, 0x1000, 64));
        rig.run();
        return rig.receivedPs.get(0);
    }

    @Test
    void shouldLeaveReadsOnTheLinkWhenTooManyAreInProgress() {
        FabricRig narrow =
                new FabricRig(
                        new RootComplexConfig(
                                null, null, null, null, null, null, null, null, 2, null, null, null,
                                null),
                        new RootPortConfig(),
                        true);
        narrow.answerMyself = true;
        for (int tag = 0; tag < 5; tag++) {
            narrow.send(Packet.read(tag, 0x1000, 4));
        }
        narrow.run();
        assertEquals(2, narrow.questions.size());

        narrow.question(0).translated(0x1000);
        narrow.run();
        assertEquals(3, narrow.questions.size());
    }

    @Test
    void shouldDropPasidPacketsWherePrefixesAreNotSupported() {
        FabricRig old =
                new FabricRig(
                        new RootComplexConfig(), new RootPortConfig(false, false, null), true);
        old.send(Packet.write(0x1000, new byte[4], PASID));
        old.send(Packet.write(0x2000, new byte[4], null));
        old.run();

        assertFalse(old.port.supportsPrefixes());
        assertEquals(List.of("dropped PREFIX_NOT_SUPPORTED", "DMA_WRITE 2000"), old.happened);
    }

    @Test
    void shouldPassPrefixesOfIntegratedDevices() {
        FabricRig integrated =
                new FabricRig(new RootComplexConfig(), new RootPortConfig(true, false, null), true);

        assertTrue(integrated.port.supportsPrefixes());
    }

    @Test
    void shouldUsePhysicalAddressesWithoutIommu() {
        FabricRig bare = new FabricRig(new RootComplexConfig(), new RootPortConfig(), false);
        bare.send(Packet.read(1, 0x1000, 4));
        bare.send(Packet.read(2, 0x1000, 4, AddressType.TRANSLATED));
        bare.send(Packet.translation(3, 0x1000));
        bare.run();

        assertEquals(3, bare.received.size());
        for (int i = 0; i < 3; i++) {
            CompletionStatus expected =
                    bare.completion(i).tag() == 1
                            ? CompletionStatus.SUCCESS
                            : CompletionStatus.UNSUPPORTED_REQUEST;
            assertEquals(expected, bare.completion(i).status());
        }
    }

    @Test
    void shouldRouteAnswersOfTheAgentById() {
        assertTrue(rig.agentSink.offer(Packet.completion(1, 8), 0));
        rig.run();
        assertEquals(1, rig.received.size());

        Tlp lost = new Tlp.PageGroupResponse(Packet.AGENT, 0x4400, 0, 0, null);
        assertTrue(rig.agentSink.offer(lost, 0), "never refuses");
        assertEquals(List.of("dropped UNROUTABLE"), rig.happened);
    }

    @Test
    void shouldRouteRegistersByAddress() {
        rig.rootComplex.writeMmio(FabricRig.BAR + 8, new byte[] {1, 2, 3, 4});
        assertEquals(0, rig.received.size(), "posted");

        assertEquals(1, rig.rootComplex.readMmio(FabricRig.BAR, 4), "the read pushes the write");
        assertTrue(rig.rootComplex.mmioRoundTripPs(FabricRig.BAR) > 0);
        rig.run();
        assertEquals(1, rig.received.size());
    }

    @Test
    void shouldReadAllOnesWhereNobodyAnswers() {
        assertEquals(0xFFFF_FFFFL, rig.rootComplex.readMmio(0x9999_0000_0000L, 4));
        assertEquals(-1L, rig.rootComplex.readMmio(0x9999_0000_0000L, 8));
        rig.rootComplex.writeMmio(0x9999_0000_0000L, new byte[4]);

        assertEquals(List.of("dropped UNROUTABLE"), rig.happened);
    }

    @Test
    void shouldPushWritesThatStillWaitAboveTheLink() {
        for (int i = 0; i < 200; i++) {
            rig.rootComplex.writeMmio(FabricRig.BAR, new byte[64]);
        }

        assertEquals(200, rig.rootComplex.readMmio(FabricRig.BAR, 4));
        rig.run();
        assertEquals(200, rig.received.size(), "nothing arrives twice");
    }

    @Test
    void shouldKnowFunctionsByRequesterId() {
        assertEquals(rig.port, rig.rootComplex.portOf(Packet.DEVICE));
        assertNull(rig.rootComplex.portOf(0x1234));
        assertNull(rig.rootComplex.configuration(0x1234));
    }

    @Test
    void shouldPlaceBarsAlignedToTheirSize() {
        long first = rig.port.allocateMmio(100);
        long second = rig.port.allocateMmio(0x10000);
        long third = rig.port.allocateMmio(0x1800);

        assertEquals(0, first % 4096);
        assertEquals(0, second % 0x10000);
        assertEquals(0, third % 0x2000);
        assertTrue(first + 4096 <= second && second + 0x10000 <= third);
    }
}

package svasim.os.kvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Bus;
import svasim.cpu.Core;
import svasim.cpu.Cores;
import svasim.cpu.CpuConfig;
import svasim.cpu.CpuSurroundings;
import svasim.cpu.Enqueue;
import svasim.cpu.Ia32Pasid;
import svasim.cpu.PasidExits;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.os.sva.GuestsUnderTest;
import svasim.os.sva.PasidSet;
import svasim.os.sva.SetPasid;
import svasim.pcie.fabric.DeferredAnswer;
import svasim.pcie.tlp.CompletionStatus;
import svasim.stats.Statistics;
import svasim.trace.Kind;

/** KVM and the PASID translation of virtual cores. */
class KvmPasidsTest {
    private static final long PORTAL = 0x2000_0000_0000L;

    private final List<Integer> sent = new ArrayList<>();
    private final List<DeferredAnswer> answers = new ArrayList<>();
    private final List<Integer> exits = new ArrayList<>();
    private GuestsUnderTest host;
    private PasidSet set;
    private Core vcpu;
    private KvmPasids kvm;

    @BeforeEach
    void start() {
        start(new OsUnderTest.Setup());
    }

    private void start(OsUnderTest.Setup setup) {
        host = new GuestsUnderTest(setup);
        set = host.set("vm0", null);
        OsUnderTest system = host.system();
        PhysicalMemory own = new PhysicalMemory();
        Cores vcpus =
                new Cores(
                        CpuConfig.defaults(),
                        new CpuSurroundings(
                                system.kernel(),
                                system.trace(),
                                new Statistics(),
                                own,
                                new Frames(own, 1 << 20, system.trace()),
                                new Portal()));
        vcpu = vcpus.get(1);
        kvm = new KvmPasids(set, vcpus, system.platform(), (reason, cpu) -> exits.add(reason));
        system.finish(kvm.create());
    }

    /** Takes every descriptor and answers when the test says so. */
    private final class Portal implements Bus {
        @Override
        public long read(long address, int bytes, long nowPs) {
            return 0;
        }

        @Override
        public void write(long address, byte[] data, long nowPs) {}

        @Override
        public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
            sent.add(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt());
            answers.add(answer);
        }
    }

    private Enqueue enqcmd(int pasid) {
        vcpu.pasidRegister(Ia32Pasid.of(pasid));
        return vcpu.enqcmd(PORTAL, new byte[64]);
    }

    private SetPasid bound() {
        SetPasid number = host.allocate(set);
        assertNull(host.bind(number, host.dev0()));
        return number;
    }

    @Test
    void shouldSendHostPasidOfBoundNumber() {
        host.allocate(host.set("vm1", null));
        SetPasid number = bound();

        assertNotNull(enqcmd(number.guest()));

        assertEquals(1, number.guest());
        assertEquals(List.of(2), sent);
    }

    @Test
    void shouldKeepPrivilegeOfSupervisorForm() {
        host.allocate(host.set("vm1", null));
        bound();
        byte[] operand = new byte[64];
        ByteBuffer.wrap(operand).order(ByteOrder.LITTLE_ENDIAN).putInt(0x8000_0001);

        vcpu.enqcmds(PORTAL, operand);

        assertEquals(List.of(0x8000_0002), sent);
    }

    @Test
    void shouldLeaveGuestWithReason72Or73WithoutTranslation() {
        assertNull(enqcmd(5), "#GP");
        assertNull(vcpu.enqcmds(PORTAL, new byte[64]));

        assertEquals(List.of(PasidExits.ENQCMD, PasidExits.ENQCMDS), exits);
        assertEquals(List.of(), sent);
    }

    @Test
    void shouldHaveGuestTryAgainWithNumberThatIsNotBoundYet() {
        SetPasid number = host.allocate(set);

        Enqueue enqueue = enqcmd(number.guest());

        assertTrue(enqueue.isDone());
        assertFalse(enqueue.isAccepted());
    }

    @Test
    void shouldTranslateNothingAfterUnbind() {
        SetPasid number = bound();

        host.unbind(set, number.guest(), host.dev0());

        assertFalse(enqcmd(number.guest()).isAccepted());
        assertEquals(List.of(), sent);
        assertEquals(1, number.references());
    }

    @Test
    void shouldClearTranslationInTheMomentOfFree() {
        SetPasid number = bound();

        host.free(set, number.guest());

        var all = host.system().recorder();
        long pending = all.of(Kind.PASID_FREE_PENDING).get(0).timePs();
        assertEquals(pending, all.of(Kind.GUEST_PASID_UNMAPPED).get(0).timePs());
        assertNull(enqcmd(number.guest()));
        assertTrue(number.isReclaimed());
    }

    @Test
    void shouldHoldNumberUntilEnqueueUnderWayHasItsAnswer() {
        SetPasid number = bound();
        enqcmd(number.guest());

        host.system().platform().events().add(set.free(number.guest()));
        host.system().runFor(100_000_000);
        assertTrue(number.isFreePending());
        assertTrue(number.isHeldBy("KVM"));

        answers.get(0).answered(CompletionStatus.SUCCESS, 0);
        host.system().runFor(100_000_000);
        assertTrue(number.isReclaimed());
    }

    @Test
    void shouldTranslateAgainWithNextBind() {
        SetPasid number = bound();
        host.unbind(set, number.guest(), host.dev0());

        host.bind(number, host.dev1());

        assertNotNull(enqcmd(number.guest()));
        assertEquals(List.of(number.host()), sent);
        assertEquals(3, number.references());
    }

    @Test
    void shouldDropEverythingWhenKvmEndsFirst() {
        SetPasid number = bound();
        long frames = host.system().frames().allocated();

        host.system().finish(kvm.destroy());

        assertEquals(2, number.references());
        assertEquals(frames - 3, host.system().frames().allocated());
        host.free(set, number.guest());
        assertTrue(number.isReclaimed());
    }

    /** S26: the number is another guest's, and the core still sends it. */
    @Test
    void shouldSendNumberOfAnotherGuestWithDefect() {
        start(new OsUnderTest.Setup().defect(Defect.S26));
        SetPasid number = bound();
        host.unbind(set, number.guest(), host.dev0());
        host.free(set, number.guest());

        SetPasid next = host.allocate(host.set("vm1", null));
        enqcmd(number.guest());

        assertEquals(List.of(next.host()), sent);
    }
}

package svasim.os.enqcmd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.os.OsUnderTest;
import svasim.os.mm.Backing;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Retry;
import svasim.os.reference.Node;
import svasim.os.task.Priority;
import svasim.os.task.Task;
import svasim.paging.Access;
import svasim.units.Picoseconds;

/** Submissions of programs to shared queues. */
class UserEnqcmdTest {
    private static final long DEVICE_PA = 0x2000_0000_0000L;
    private static final int PASID = 0x42;
    private static final String FIX_UP = "user enqcmd/try_fixup_enqcmd_gp";

    /** A task that submits one after the other. */
    private static final Procedure<Several> SEVERAL =
            Procedure.<Several>named("several").sleeping("next", 1_000, Several::next).build();

    private record Several(List<UserEnqcmd> submissions, int[] done) {
        Next next(Cpu cpu) {
            return done[0] == submissions.size()
                    ? Next.DONE
                    : new Next.EnterAgain(submissions.get(done[0]++).call());
        }
    }

    private Portal bus;
    private OsUnderTest system;
    private Mm mm;
    private long portal;

    private void use(Portal newBus) {
        bus = newBus;
        system = new OsUnderTest.Setup().bus(bus).build();
        mm = system.os().spaces().create("mm");
        mm.getUsers(system.platform().references().node("user"));
        Mmap mmap = mm.mapDevice(new NoFile(system), DEVICE_PA, 4096, Access.READ | Access.WRITE);
        system.finish(mmap.call());
        portal = mmap.start();
    }

    private record NoFile(OsUnderTest system) implements Backing {
        @Override
        public Node node() {
            return system.platform().references().node("file");
        }

        @Override
        public void get(String holder) {}

        @Override
        public void put(String holder) {}
    }

    private UserEnqcmd enqcmd(Retry retry) {
        return new UserEnqcmd(mm, portal + 0x80, new byte[64], retry, () -> false);
    }

    private Task run(UserEnqcmd... submissions) {
        Task task = system.platform().scheduler().task("app", Priority.USER);
        task.space(mm.id());
        Several several = new Several(List.of(submissions), new int[1]);
        system.platform().scheduler().start(task, new Call<>(SEVERAL, several));
        system.kernel().runUntilQuiet();
        return task;
    }

    private long fixUps() {
        return system.recorder().steps().stream().filter(FIX_UP::equals).count();
    }

    @Test
    void shouldGiveTaskItsPasidAtFirstUseOnly() {
        use(Portal.refusing(0));
        mm.pasid(PASID);
        UserEnqcmd first = enqcmd(Retry.defaults());
        UserEnqcmd second = enqcmd(Retry.defaults());

        Task task = run(first, second);

        assertEquals(Enqueued.ACCEPTED, first.outcome());
        assertEquals(Enqueued.ACCEPTED, second.outcome());
        assertEquals(List.of(PASID, PASID), bus.pasids());
        assertEquals(1, fixUps());
        assertTrue(task.pasidActivated());
    }

    @Test
    void shouldFixUpEachThreadForItself() {
        use(Portal.refusing(0));
        mm.pasid(PASID);

        run(enqcmd(Retry.defaults()));
        run(enqcmd(Retry.defaults()));

        assertEquals(2, fixUps());
        assertEquals(List.of(PASID, PASID), bus.pasids());
    }

    @Test
    void shouldEndInSegmentationFaultWithoutBoundMm() {
        use(Portal.refusing(0));
        UserEnqcmd unbound = enqcmd(Retry.defaults());

        run(unbound);

        assertEquals(Enqueued.SEGMENTATION_FAULT, unbound.outcome());
        assertEquals(List.of(), bus.pasids());
    }

    @Test
    void shouldNotFixUpTwice() {
        use(Portal.refusing(0));
        mm.pasid(PASID);
        Task task = system.platform().scheduler().task("app", Priority.USER);
        task.space(mm.id());
        task.pasidActivated(true);
        UserEnqcmd again = enqcmd(Retry.defaults());

        system.platform().scheduler().start(task, again.call());
        system.kernel().runUntilQuiet();

        assertEquals(Enqueued.SEGMENTATION_FAULT, again.outcome());
    }

    @Test
    void shouldEndInSegmentationFaultWithoutMapping() {
        use(Portal.refusing(0));
        mm.pasid(PASID);
        system.finish(mm.unmap(portal, 4096));
        UserEnqcmd unmapped = enqcmd(Retry.defaults());

        run(unmapped);

        assertEquals(Enqueued.SEGMENTATION_FAULT, unmapped.outcome());
    }

    @Test
    void shouldTryAgainAsOftenAsItIsTold() {
        use(Portal.refusing(3));
        mm.pasid(PASID);
        UserEnqcmd patient = enqcmd(new Retry(3, Picoseconds.ofNanos(50)));

        run(patient);

        assertEquals(Enqueued.ACCEPTED, patient.outcome());
        assertEquals(3, patient.refusals());
    }

    @Test
    void shouldGiveUpBehindLastAttempt() {
        use(Portal.refusing(3));
        mm.pasid(PASID);
        UserEnqcmd impatient = enqcmd(new Retry(2, null));

        run(impatient);

        assertEquals(Enqueued.GAVE_UP, impatient.outcome());
        assertEquals(3, bus.refused());
        assertEquals(List.of(), bus.pasids());
    }

    @Test
    void shouldStopTryingWhenSignalled() {
        use(Portal.refusing(Integer.MAX_VALUE));
        mm.pasid(PASID);
        UserEnqcmd killed = new UserEnqcmd(mm, portal, new byte[64], Retry.defaults(), () -> true);

        run(killed);

        assertEquals(Enqueued.GAVE_UP, killed.outcome());
        assertEquals(1, killed.refusals());
    }

    @Test
    void shouldSubmitFromKernelWithPasidOfDescriptor() {
        use(Portal.refusing(2));
        byte[] descriptor = new byte[64];
        descriptor[0] = 9;
        KernelEnqcmds kernel = new KernelEnqcmds(DEVICE_PA, descriptor, Retry.ofKernel());

        system.finish(kernel.call());

        assertEquals(Enqueued.ACCEPTED, kernel.outcome());
        assertEquals(List.of(9), bus.pasids());
    }

    @Test
    void shouldGiveUpInKernelAfterThirtyTwoRetries() {
        use(Portal.refusing(Integer.MAX_VALUE));
        KernelEnqcmds kernel = new KernelEnqcmds(DEVICE_PA, new byte[64], Retry.ofKernel());

        system.finish(kernel.call());

        assertEquals(Enqueued.GAVE_UP, kernel.outcome());
        assertEquals(33, bus.refused());
    }
}

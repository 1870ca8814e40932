package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.os.OsUnderTest;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.Priority;
import svasim.os.task.Task;

/** Who waits for whom among the workers of page faults (S60). */
class FaultWorkersTest {
    private static final int SLOW = 1;
    private static final int QUICK = 2;

    private static final Procedure<FaultWorkersTest> WAIT =
            Procedure.<FaultWorkersTest>named("slow")
                    .sleeping("wait for storage", 1_000, FaultWorkersTest::await)
                    .build();

    private static final Procedure<FaultWorkersTest> NOTE =
            Procedure.<FaultWorkersTest>named("quick")
                    .sleeping("note", 1_000, FaultWorkersTest::note)
                    .build();

    private final OsUnderTest system = new OsUnderTest.Setup().cores(4).build();
    private final WaitQueue storage = new WaitQueue("storage");
    private final List<String> log = new ArrayList<>();
    private boolean ready;

    private Next await(Cpu cpu) {
        return ready ? Next.ON : Next.await(storage);
    }

    private Next note(Cpu cpu) {
        log.add("quick");
        return Next.DONE;
    }

    private FaultWorkers busy(FaultQueue kind) {
        FaultWorkers workers = new FaultWorkers("iopf", kind, 1, system.platform().scheduler());
        workers.add(SLOW, new Call<>(WAIT, this));
        workers.add(QUICK, new Call<>(NOTE, this));
        system.kernel().runUntilQuiet();
        return workers;
    }

    private Task run(Call<?> call) {
        Task task = system.platform().scheduler().start("flush", Priority.KERNEL, call);
        system.kernel().runUntilQuiet();
        return task;
    }

    private static boolean ended(Task task) {
        return task.state() == Task.State.ENDED;
    }

    @Test
    void shouldLetAQuickPasidWaitForASlowOneInASharedQueue() {
        FaultWorkers workers = busy(FaultQueue.SHARED);

        assertEquals(List.of(), log);
        assertFalse(ended(run(workers.flush(QUICK))));
    }

    @Test
    void shouldServeAQuickPasidBesideASlowOneWithQueuesOfTheirOwn() {
        FaultWorkers workers = busy(FaultQueue.PASID);

        assertEquals(List.of("quick"), log);
        assertTrue(ended(run(workers.flush(QUICK))));
        assertFalse(ended(run(workers.flush(SLOW))));
    }

    @Test
    void shouldWaitForNobodyWhenThePasidHadNoFault() {
        FaultWorkers workers = busy(FaultQueue.PASID);

        assertTrue(ended(run(workers.flush(QUICK + 1))));
    }

    @Test
    void shouldWaitForEveryQueueWhenAllAreFlushed() {
        for (FaultQueue kind : FaultQueue.values()) {
            ready = false;
            FaultWorkers workers = busy(kind);
            Task flush = run(workers.flushAll());
            assertFalse(ended(flush), kind.name());

            ready = true;
            storage.wakeAll();
            system.kernel().runUntilQuiet();
            assertTrue(ended(flush), kind.name());
        }
    }
}

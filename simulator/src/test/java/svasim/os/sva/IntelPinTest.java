package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.SimpleDevice;
import svasim.os.mm.Mm;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.trace.Kind;

/** The policy that pins mm_users, and the cycle that it makes (S01). */
class IntelPinTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step MAP = new Step.MapDevice("dev0", null);
    private static final Step EXIT = new Step.Exit();

    private static OsUnderTest pinned() {
        return new OsUnderTest.Setup().policy("intel-pin").build();
    }

    @Test
    void shouldKeepAddressSpaceAliveUntilDriverUnbinds() {
        var system = pinned();
        system.device("dev0");
        system.process("app", "full", OPEN, EXIT);

        system.run()
                .recorder()
                .assertOrder(
                        "do_exit/exit_mm",
                        "do_exit/exit_files",
                        "simple_release/stop",
                        "intel_svm_unbind_mm/flush PASID-cache, IOTLB, device-TLB",
                        "intel_svm_unbind_mm/clear PASID entry",
                        "intel_svm_unbind_mm/idr_remove",
                        "intel_svm_unbind_mm/mmput",
                        "exit_mmap/begin");
    }

    @Test
    void shouldFlushBeforeClearingAndNotDrain() {
        var system = pinned();
        SimpleDevice device = system.device("dev0");
        system.process("app", "", OPEN, EXIT);

        system.run();

        assertEquals(
                List.of("probe dev0", "install 1", "flush 1", "erase 1", "forget 1"),
                device.iommu().done());
    }

    @Test
    void shouldKeepEverythingForEverWhenDeviceFileIsMapped() {
        var system = pinned();
        system.device("dev0");
        Process app = system.process("app", "", OPEN, MAP, EXIT);

        system.run();

        assertEquals(Mm.Life.ALIVE, app.mm().life());
        assertEquals(1, app.mm().users());
        assertEquals(1, system.os().sva().pasidsInUse());
        assertTrue(system.recorder().of(Kind.FILE_RELEASED).isEmpty());
        assertTrue(hasCycle(system.recorder()));
    }

    @Test
    void shouldMakeNoCycleWithoutMapping() {
        var system = pinned();
        system.device("dev0");
        system.process("app", "", OPEN, EXIT);

        assertFalse(hasCycle(system.run().recorder()));
    }

    @Test
    void shouldMakeNoCycleUnderLinux71() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        Process app = system.process("app", "", OPEN, MAP, EXIT);

        system.run();

        assertFalse(hasCycle(system.recorder()));
        assertEquals(Mm.Life.FREED, app.mm().life());
        assertEquals(0, system.os().sva().pasidsInUse());
    }

    @Test
    void shouldAllocateInSpaceOfIommu() {
        var system = pinned();
        system.device("dev0");
        system.process("app", "", OPEN, EXIT);

        var allocated = system.run().recorder().of(Kind.PASID_ALLOCATED).get(0);

        assertEquals(1, allocated.a());
        assertEquals(1, allocated.c());
    }

    /** Whether at any time an object kept itself alive. */
    private static boolean hasCycle(Recorder recorder) {
        List<long[]> edges = new ArrayList<>();
        for (Recorder.Seen seen : recorder.all()) {
            if (seen.kind() == Kind.REFERENCE_ADDED) {
                edges.add(new long[] {seen.a(), seen.b()});
                if (reaches(edges, seen.b(), seen.a())) {
                    return true;
                }
            } else if (seen.kind() == Kind.REFERENCE_REMOVED) {
                remove(edges, seen.a(), seen.b());
            }
        }
        return false;
    }

    private static void remove(List<long[]> edges, long from, long to) {
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i)[0] == from && edges.get(i)[1] == to) {
                edges.remove(i);
                return;
            }
        }
        throw new AssertionError("a reference was removed that was not there");
    }

    private static boolean reaches(List<long[]> edges, long start, long goal) {
        Deque<Long> open = new ArrayDeque<>(List.of(start));
        Set<Long> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            long node = open.remove();
            if (node == goal) {
                return true;
            }
            for (long[] edge : edges) {
                if (edge[0] == node && seen.add(edge[1])) {
                    open.add(edge[1]);
                }
            }
        }
        return false;
    }
}

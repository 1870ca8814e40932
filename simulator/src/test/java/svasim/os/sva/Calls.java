package svasim.os.sva;

import svasim.os.OsUnderTest;
import svasim.os.procedure.Call;
import svasim.os.task.Priority;

/** Runs a procedure in a kernel thread of its own. */
final class Calls {
    private Calls() {}

    static void run(OsUnderTest system, Call<?> call) {
        system.kernel().runUntilQuiet();
        system.platform().scheduler().start("test", Priority.KERNEL, call);
        system.kernel().runUntilQuiet();
    }
}

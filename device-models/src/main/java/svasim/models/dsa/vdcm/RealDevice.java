package svasim.models.dsa.vdcm;

import svasim.models.dsa.layout.Command;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;

/** The DSA that is divided, as its driver in the host shows it. */
public interface RealDevice {
    int requesterId();

    /** Physical address of the portal by which the queue may be filled up to its threshold. */
    long portal();

    /** Has the device carry out a command, and waits for its end. */
    Call<?> command(Command command, int operand);

    /** The host. */
    Platform platform();
}

package svasim.models.rogue;

import svasim.models.DeviceModelContract;
import svasim.models.MachineUnderTest;

/** A rogue function that is told to attack nothing is a device like others. */
class RogueContractTest extends DeviceModelContract {
    private static final int ALL_OF_A_PAGE = 4096;

    private FunctionUnderTest function;

    @Override
    protected MachineUnderTest ready() {
        function = new FunctionUnderTest();
        return function.machine();
    }

    @Override
    protected void start(MachineUnderTest machine) {
        function.start(Attack.NONE, MEMORY, ALL_OF_A_PAGE, 0);
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        function.write(Register.STOP, 1);
    }

    @Override
    protected boolean isDisabled(MachineUnderTest machine) {
        return !function.isBusy();
    }

    @Override
    protected void configure(MachineUnderTest machine) {
        // The function has no configuration: each order brings all that it needs.
    }
}

package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.List;
import svasim.pcie.config.SriovCapability;

/**
 * The virtual functions of a physical function (PCI Express Base 5.0, chapter 9). Each has its own
 * requester ID, ATS, ATC and page request groups; PASID, the page request interface with its
 * allocation, and the unit of ATS are shared. There are as many as software enables.
 */
public final class VirtualFunctions {
    private final Function physical;
    private final VirtualFunctionsConfig config;
    private final SriovCapability capability;
    private final List<Virtual> functions = new ArrayList<>();

    /** A virtual function, and whether it is there. */
    private final class Virtual implements Function.Presence {
        private final int number;
        private Function function;
        private boolean wasHere;

        Virtual(int number) {
            this.number = number;
        }

        @Override
        public boolean isHere() {
            return capability.isPresent(number);
        }

        @Override
        public boolean answersMemory() {
            return isHere() && capability.memorySpace();
        }

        void follow() {
            if (isHere() != wasHere) {
                wasHere = isHere();
                if (wasHere) {
                    function.appear();
                } else {
                    function.vanish();
                }
            }
        }
    }

    VirtualFunctions(Function physical, VirtualFunctionsConfig config) {
        this.physical = physical;
        this.config = config;
        this.capability =
                new SriovCapability(
                        physical.configuration(),
                        config.total(),
                        config.firstOffset(),
                        config.stride());
        capability.onChange(() -> functions.forEach(Virtual::follow));
    }

    /** Makes the next virtual function, which is not there before it is enabled. */
    public Function add(String name, EndpointConfig endpoint) {
        Virtual next = new Virtual(functions.size() + 1);
        int requesterId = capability.routingId(physical.requesterId(), next.number);
        next.function = physical.virtual(name, requesterId, endpoint, next);
        functions.add(next);
        next.function.vanish();
        return next.function;
    }

    /**
     * Places a base address register: the same of each virtual function, one after the other.
     *
     * @param bytes of one function
     */
    public void addBar(int bar, long bytes) {
        long size = Long.highestOneBit(2 * bytes - 1);
        long start = physical.port().allocateMmio(size * config.total());
        capability.place(bar, start);
        for (Virtual virtual : functions) {
            virtual.function.placeBar(bar, start + (virtual.number - 1) * size, bytes);
        }
    }

    /** The driver of the physical function enables all that were made. */
    public void enable() {
        capability.enable(functions.size(), physical.port().forwardsAri());
    }

    /** Function level reset of the physical function. */
    void reset() {
        capability.reset();
    }
}

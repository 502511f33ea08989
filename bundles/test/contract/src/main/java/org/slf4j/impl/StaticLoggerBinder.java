package org.slf4j.impl;

import io.kairos.test.contract.RecordedLog;
import org.slf4j.ILoggerFactory;
import org.slf4j.spi.LoggerFactoryBinder;

/** Where SLF4J looks for its back end: tests of the contract read what a transport logs. */
public final class StaticLoggerBinder implements LoggerFactoryBinder {

    private static final StaticLoggerBinder SINGLETON = new StaticLoggerBinder();

    private StaticLoggerBinder() {}

    public static StaticLoggerBinder getSingleton() {
        return SINGLETON;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return RecordedLog.INSTANCE;
    }

    @Override
    public String getLoggerFactoryClassStr() {
        return RecordedLog.class.getName();
    }
}

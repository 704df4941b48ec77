#pragma once

#include "core/base/JobContext.h"
#include "core/tables/TableScope.h"
#include "core/tables/TableSink.h"

namespace brainlike {

/// Each sends one table of CONTRACT "Tables" (scoreTables() lists them): head, rows, end.
/// @throws what reading the scores throws; CancelledError
void sendEncoding(const TableScope& scope, TableSink& sink, JobContext& job);
void sendBestLayer(const TableScope& scope, TableSink& sink, JobContext& job);
void sendSpatial(const TableScope& scope, TableSink& sink, JobContext& job);
void sendTemporal(const TableScope& scope, TableSink& sink, JobContext& job);
void sendHalfTime(const TableScope& scope, TableSink& sink, JobContext& job);
void sendLogFit(const TableScope& scope, TableSink& sink, JobContext& job);
void sendCeiling(const TableScope& scope, TableSink& sink, JobContext& job);
void sendCompare(const TableScope& scope, TableSink& sink, JobContext& job);
void sendModelFactors(const TableScope& scope, TableSink& sink, JobContext& job);
void sendProperty(const TableScope& scope, TableSink& sink, JobContext& job);

} // namespace brainlike

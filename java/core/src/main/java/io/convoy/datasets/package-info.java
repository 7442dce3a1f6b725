// SPDX-License-Identifier: Apache-2.0
/** Public datasets that are downloaded when they are first asked for. */
package io.convoy.datasets;

// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.30;

/// Two functions of the well-known batching contract (at 0xcA11…CA11). `tryAggregate`: the reference facilitator calls it when a
/// simulated transfer fails, to read balance, name, version and nonce state in one go and name the reason. `aggregate3`: our own
/// facilitator settles many payments with it, each of which may fail alone.
contract TestMulticall {
    struct Call {
        address target;
        bytes callData;
    }

    struct Call3 {
        address target;
        bool allowFailure;
        bytes callData;
    }

    struct Result {
        bool success;
        bytes returnData;
    }

    function tryAggregate(bool requireSuccess, Call[] calldata calls) external payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool success, bytes memory returnData) = calls[i].target.call(calls[i].callData);
            require(success || !requireSuccess, "a call of the batch failed");
            results[i] = Result(success, returnData);
        }
    }

    function aggregate3(Call3[] calldata calls) external payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool success, bytes memory returnData) = calls[i].target.call(calls[i].callData);
            require(success || calls[i].allowFailure, "a call of the batch failed");
            results[i] = Result(success, returnData);
        }
    }
}

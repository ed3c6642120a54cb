// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.30;

/// The one function of the well-known batching contract that the reference facilitator calls (at 0xcA11…CA11) when a simulated
/// transfer fails: it reads balance, name, version and nonce state in one go to name the reason. Without it every failure
/// reads "simulation failed".
contract TestMulticall {
    struct Call {
        address target;
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
}

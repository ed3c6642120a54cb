-- What clients called their requests (payment-identifier), for a day: which payment stands for the request now.
create table farebox_payment_identifier (
    payer          varchar(200) not null,
    identifier     varchar(128) not null,
    payment_key    varchar(500) not null,
    request_digest varchar(200) not null,
    body_digest    varchar(200),
    named_at       bigint       not null,
    constraint farebox_payment_identifier_pk primary key (payer, identifier)
);

create index farebox_payment_identifier_named on farebox_payment_identifier (named_at);
